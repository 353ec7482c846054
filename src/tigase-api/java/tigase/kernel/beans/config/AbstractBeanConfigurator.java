package tigase.kernel.beans.config;

import java.util.HashMap;

public abstract class AbstractBeanConfigurator {

    public AbstractBeanConfigurator() {
        throw new UnsupportedOperationException();
    }

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
