package tigase.net;

import java.util.concurrent.ConcurrentMap;
import tigase.io.SSLContextContainerIfc;

public abstract class IOService<RefObject> {

    public IOService() {
        throw new UnsupportedOperationException();
    }

    public ConcurrentMap<String, Object> getSessionData() {
        throw new UnsupportedOperationException();
    }

    public void setSslContextContainer(SSLContextContainerIfc sslContextContainer) {
        throw new UnsupportedOperationException();
    }

    public void forceStop() {
        throw new UnsupportedOperationException();
    }
}
