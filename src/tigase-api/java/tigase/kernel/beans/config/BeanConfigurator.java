package tigase.kernel.beans.config;

public interface BeanConfigurator {

    String DEFAULT_CONFIGURATOR_NAME = "defaultBeanConfigurator";
}
