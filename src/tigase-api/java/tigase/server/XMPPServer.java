package tigase.server;

public final class XMPPServer {

    private XMPPServer() {}

    public static <T> T getComponent(String name) {
        throw new UnsupportedOperationException();
    }
}
