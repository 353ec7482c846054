package tigase.xmpp.jid;

public final class BareJID {

    private BareJID() {
        throw new UnsupportedOperationException();
    }
}
