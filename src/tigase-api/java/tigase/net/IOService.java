package tigase.net;

import java.util.concurrent.ConcurrentMap;

public abstract class IOService<RefObject> {

    public IOService() {
        throw new UnsupportedOperationException();
    }

    public ConcurrentMap<String, Object> getSessionData() {
        throw new UnsupportedOperationException();
    }
}
