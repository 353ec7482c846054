// SPDX-License-Identifier: Apache-2.0
package tigase.kernel.beans.config;

public interface BeanConfigurator {

    String DEFAULT_CONFIGURATOR_NAME = "defaultBeanConfigurator";
}
