package tigase.server;

public enum Permissions {
    NONE,
    ANONYM,
    REMOTE,
    LOCAL,
    AUTH,
    TRUSTED,
    ADMIN
}
