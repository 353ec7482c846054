package tigase.xmpp;

public enum StanzaType {
    result,
    unavailable
}
