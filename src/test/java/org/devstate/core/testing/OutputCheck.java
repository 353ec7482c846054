// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.regex.Pattern;
import org.devstate.core.protocol.XmlCharacters;
import org.devstate.core.protocol.XmlElement;

/** Checks the output of a service, as its host writes it, for any input. */
public final class OutputCheck {

    private static final String EID = "[0-9a-f]{2}(?::[0-9a-f]{2}){5}";
    private static final String ID = "[^<>&\"'\\p{Cntrl}]{1,255}";
    private static final String STATES = "(UNKNOWN|NOT_INUSE|INUSE|BUSY|INVALID|UNAVAILABLE|RINGING|RINGINUSE|ONHOLD)";

    /** Asterisk reads these, and crashes on others. */
    private static final Pattern EVENT = Pattern.compile("message from=[^ ]+ to=[^ /]+/[^ ]+ type=headline \\{"
            + "\\[http://jabber.org/protocol/pubsub#event] event \\{"
            + "(items node=device_state \\{item id='" + ID + "' \\{\\[http://asterisk.org] state cachable=[01] eid="
            + EID
            + " \\{" + STATES + "}}}"
            + "|items node=message_waiting \\{item id='" + ID + "' \\{\\[http://asterisk.org] mailbox eid=" + EID
            + " \\{NEWMSGS \\{\\d{1,6}}OLDMSGS \\{\\d{1,6}}}}})"
            + "}}");

    private static final Pattern ERROR = Pattern.compile("error code=(400|403|406|500|501|503) type=[a-z]+ \\{");
    private static final Pattern EMPTY_ECHO = Pattern.compile("pubsub \\{}");

    private OutputCheck() {}

    /**
     * Checks a stanza.
     *
     * @param stanza as the service sends it
     * @param written as the host writes it
     * @param namespace the host's namespace in the place of the client's
     */
    public static void check(XmlElement stanza, String written, String namespace) {
        XmlElement stream = Xml.parse("<stream xmlns='" + namespace + "'>" + written + "</stream>");
        assertThat(stream.children()).containsExactly(asWritten(stanza, namespace));
        String told = tell(stanza, "jabber:client");
        if (stanza.name().equals("message")) {
            assertThat(told).matches(EVENT);
        } else if ("error".equals(stanza.attribute("type"))) {
            assertThat(told).containsPattern(ERROR).doesNotContainPattern(EMPTY_ECHO);
        } else {
            assertThat(stanza.name()).isEqualTo("iq");
            assertThat(stanza.attribute("type")).isEqualTo("result");
        }
    }

    private static String tell(XmlElement element, String inherited) {
        StringBuilder told = new StringBuilder();
        if (!element.namespace().equals(inherited)) {
            told.append('[').append(element.namespace()).append("] ");
        }
        told.append(element.name()).append(' ');
        new TreeMap<>(element.attributes()).forEach((name, value) -> {
            String shown = name.equals("id") ? "'" + value + "'" : value;
            told.append(name).append('=').append(shown).append(' ');
        });
        told.append('{').append(element.text());
        element.children().forEach(child -> told.append(tell(child, element.namespace())));
        return told.append('}').toString();
    }

    /** Replaces characters that XML cannot hold, which may be in an id that is echoed. */
    private static XmlElement asWritten(XmlElement element, String namespace) {
        XmlElement.XmlElementBuilder written = XmlElement.element(
                element.name(), element.namespace().equals("jabber:client") ? namespace : element.namespace());
        element.attributes().forEach((name, value) -> written.attribute(name, XmlCharacters.legal(value)));
        element.children().forEach(child -> written.child(asWritten(child, namespace)));
        return written.text(XmlCharacters.legal(element.text())).build();
    }
}
