// SPDX-License-Identifier: Apache-2.0
package tigase.server;

import tigase.xml.Element;
import tigase.xmpp.StanzaType;
import tigase.xmpp.jid.JID;

public class Packet {

    protected Packet(Element elem, JID stanzaFrom, JID stanzaTo) {
        throw new UnsupportedOperationException();
    }

    public static Packet packetInstance(Element elem, JID stanzaFrom, JID stanzaTo) {
        throw new UnsupportedOperationException();
    }

    public Element getElement() {
        throw new UnsupportedOperationException();
    }

    public String getElemName() {
        throw new UnsupportedOperationException();
    }

    public JID getStanzaFrom() {
        throw new UnsupportedOperationException();
    }

    public JID getStanzaTo() {
        throw new UnsupportedOperationException();
    }

    public void setPacketTo(JID packetTo) {
        throw new UnsupportedOperationException();
    }

    public StanzaType getType() {
        throw new UnsupportedOperationException();
    }

    public boolean isElement(String name, String xmlns) {
        throw new UnsupportedOperationException();
    }

    public JID getPacketFrom() {
        throw new UnsupportedOperationException();
    }

    public Permissions getPermissions() {
        throw new UnsupportedOperationException();
    }
}
