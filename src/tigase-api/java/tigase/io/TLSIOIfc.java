package tigase.io;

public interface TLSIOIfc {}
