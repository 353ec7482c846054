// SPDX-License-Identifier: Apache-2.0
package tigase.component;

import java.util.Map;
import tigase.kernel.beans.config.AbstractBeanConfigurator;

public class DSLBeanConfigurator extends AbstractBeanConfigurator {

    @Override
    public Map<String, Object> getProperties() {
        throw new UnsupportedOperationException();
    }

    public void setProperties(Map<String, Object> props) {
        throw new UnsupportedOperationException();
    }
}
