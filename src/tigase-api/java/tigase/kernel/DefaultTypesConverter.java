package tigase.kernel;

public class DefaultTypesConverter {}
