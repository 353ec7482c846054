// SPDX-License-Identifier: Apache-2.0
package tigase.kernel.core;

public class BeanConfigBuilder {

    private BeanConfigBuilder() {}

    public BeanConfigBuilder asInstance(Object bean) {
        throw new UnsupportedOperationException();
    }

    public BeanConfigBuilder exportable() {
        throw new UnsupportedOperationException();
    }

    public void exec() {
        throw new UnsupportedOperationException();
    }
}
