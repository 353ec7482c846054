// SPDX-License-Identifier: Apache-2.0
package tigase.component;

import tigase.kernel.core.Kernel;
import tigase.server.AbstractMessageReceiver;

public abstract class AbstractKernelBasedComponent extends AbstractMessageReceiver {

    public AbstractKernelBasedComponent() {
        throw new UnsupportedOperationException();
    }

    public void register(Kernel kernel) {
        throw new UnsupportedOperationException();
    }

    protected abstract void registerModules(Kernel kernel);

    public Kernel getKernel() {
        throw new UnsupportedOperationException();
    }
}
