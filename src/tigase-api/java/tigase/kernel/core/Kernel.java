package tigase.kernel.core;

public class Kernel {

    public BeanConfigBuilder registerBean(String beanName) {
        throw new UnsupportedOperationException();
    }
}
