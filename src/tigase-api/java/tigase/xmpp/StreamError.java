package tigase.xmpp;

public enum StreamError {
    PolicyViolation
}
