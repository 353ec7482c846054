package tigase.server;

public class BasicComponent {

    public BasicComponent() {
        throw new UnsupportedOperationException();
    }
}
