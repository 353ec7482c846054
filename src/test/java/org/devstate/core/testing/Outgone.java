package org.devstate.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.devstate.core.protocol.XmlCharacters;
import org.devstate.core.protocol.XmlElement;

/** What may leave a service, as its host writes it, whatever has come in. */
public final class Outgone {

    private static final String EID = "[0-9a-f]{2}(?::[0-9a-f]{2}){5}";
    private static final String ID = "[^<>&\"'\\p{Cntrl}]{1,255}";
    private static final String STATES = "(UNKNOWN|NOT_INUSE|INUSE|BUSY|INVALID|UNAVAILABLE|RINGING|RINGINUSE|ONHOLD)";

    /** Asterisk reads these, and crashes on others. Attributes have double quotes here. */
    private static final Pattern EVENT =
            Pattern.compile("<message type=\"headline\" from=\"[^\"]+\" to=\"[^\"]+/[^\"]+\">"
                    + "<event xmlns=\"http://jabber.org/protocol/pubsub#event\">"
                    + "(<items node=\"device_state\"><item id=\"" + ID
                    + "\"><state xmlns=\"http://asterisk.org\" eid=\"" + EID
                    + "\" cachable=\"[01]\">" + STATES + "</state></item></items>"
                    + "|<items node=\"message_waiting\"><item id=\"" + ID
                    + "\"><mailbox xmlns=\"http://asterisk.org\" eid=\"" + EID
                    + "\"><NEWMSGS>\\d{1,6}</NEWMSGS><OLDMSGS>\\d{1,6}</OLDMSGS></mailbox></item></items>)"
                    + "</event></message>");

    private static final Pattern ERROR = Pattern.compile("<error code=\"(400|403|406|500|501|503)\" type=\"[a-z]+\">");
    private static final Pattern EMPTY_ECHO = Pattern.compile("<pubsub[^>]*/>");

    private Outgone() {}

    /**
     * Looks at a stanza.
     *
     * @param stanza as the service says it
     * @param written as the host writes it
     * @param namespace what the host writes for the client's namespace
     */
    public static void check(XmlElement stanza, String written, String namespace) {
        XmlElement stream = Xml.parse("<stream xmlns='" + namespace + "'>" + written + "</stream>");
        assertThat(stream.children()).containsExactly(asWritten(stanza, namespace));
        String plain = written.replace('\'', '"').replace(" xmlns=\"" + namespace + "\"", "");
        if (stanza.name().equals("message")) {
            assertThat(plain).matches(EVENT);
        } else if ("error".equals(stanza.attribute("type"))) {
            assertThat(plain).containsPattern(ERROR).doesNotContainPattern(EMPTY_ECHO);
        } else {
            assertThat(stanza.name()).isEqualTo("iq");
            assertThat(stanza.attribute("type")).isEqualTo("result");
        }
    }

    /** With what XML can't hold replaced, which may be in an id that is given back. */
    private static XmlElement asWritten(XmlElement element, String namespace) {
        Map<String, String> attributes = new LinkedHashMap<>();
        element.attributes().forEach((name, value) -> attributes.put(name, XmlCharacters.legal(value)));
        return new XmlElement(
                element.name(),
                element.namespace().equals("jabber:client") ? namespace : element.namespace(),
                attributes,
                element.children().stream()
                        .map(child -> asWritten(child, namespace))
                        .toList(),
                XmlCharacters.legal(element.text()));
    }
}
