package tigase.kernel.beans.config;

import java.util.HashMap;
import java.util.Map;

public abstract class AbstractBeanConfigurator implements BeanConfigurator {

    public AbstractBeanConfigurator() {
        throw new UnsupportedOperationException();
    }

    public abstract Map<String, Object> getProperties();

    @SuppressWarnings({"rawtypes", "serial"})
    public static class BeanDefinition extends HashMap {

        public BeanDefinition() {
            throw new UnsupportedOperationException();
        }

        public String getClazzName() {
            throw new UnsupportedOperationException();
        }

        public void setClazzName(String clazzName) {
            throw new UnsupportedOperationException();
        }

        public void setBeanName(String beanName) {
            throw new UnsupportedOperationException();
        }

        public boolean isActive() {
            throw new UnsupportedOperationException();
        }

        public void setActive(boolean active) {
            throw new UnsupportedOperationException();
        }
    }
}
