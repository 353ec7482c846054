package tigase.server;

public enum Priority {
    HIGH
}
