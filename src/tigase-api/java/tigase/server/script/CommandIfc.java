package tigase.server.script;

public interface CommandIfc {}
