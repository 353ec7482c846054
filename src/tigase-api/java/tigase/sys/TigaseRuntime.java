package tigase.sys;

public abstract class TigaseRuntime {

    protected TigaseRuntime() {
        throw new UnsupportedOperationException();
    }

    public static TigaseRuntime getTigaseRuntime() {
        throw new UnsupportedOperationException();
    }

    public void shutdownTigase(String[] msg) {
        throw new UnsupportedOperationException();
    }
}
