package tigase.kernel.core;

public class Kernel {

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public <T> T getInstance(String beanName) {
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
