package tigase.xmpp;

public enum StanzaType {
    result,
    set,
    unavailable
}
