package tigase.xmpp;

public enum StanzaType {
    unavailable
}
