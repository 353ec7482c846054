// SPDX-License-Identifier: Apache-2.0
package tigase.kernel.core;

import tigase.kernel.KernelException;

public class Kernel {

    public Kernel(String name) {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public <T> T getInstance(String beanName) {
        throw new UnsupportedOperationException();
    }

    public <T> T getInstance(Class<T> beanClass) throws KernelException {
        throw new UnsupportedOperationException();
    }

    public boolean isBeanClassRegistered(String beanName) {
        throw new UnsupportedOperationException();
    }

    public BeanConfigBuilder registerBean(Class<?> beanClass) {
        throw new UnsupportedOperationException();
    }

    public BeanConfigBuilder registerBean(String beanName) {
        throw new UnsupportedOperationException();
    }
}
