package tigase.io;

public interface IOInterface {}
