package tigase.component;

import tigase.server.AbstractMessageReceiver;

public abstract class AbstractKernelBasedComponent extends AbstractMessageReceiver {

    public AbstractKernelBasedComponent() {
        throw new UnsupportedOperationException();
    }
}
