package tigase.io;

public interface SSLContextContainerIfc {}
