// SPDX-License-Identifier: Apache-2.0
package tigase.kernel.beans.config;

import java.util.Map;

public abstract class AbstractBeanConfigurator implements BeanConfigurator {

    public AbstractBeanConfigurator() {
        throw new UnsupportedOperationException();
    }

    public abstract Map<String, Object> getProperties();
}
