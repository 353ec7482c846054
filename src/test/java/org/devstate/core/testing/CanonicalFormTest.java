// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.devstate.core.testing.ServiceFixture.BOB;
import static org.devstate.core.testing.ServiceFixture.SERVICE;

import java.util.stream.Stream;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.RecordingSender.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The measure is measured: each way to hurt an Asterisk is seen. */
final class CanonicalFormTest {

    private static final String STATE =
            "<state xmlns='http://asterisk.org' eid='00:11:22:33:44:5a' cachable='1'>INUSE</state>";
    private static final String MAILBOX =
            "<mailbox xmlns='http://asterisk.org' eid='00:11:22:33:44:5a'><NEWMSGS>1</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox>";

    private static void check(XmlElement stanza) {
        CanonicalForm.check(SERVICE, new Sent(BOB, stanza));
    }

    private static String message(String node, String items) {
        return ("<message xmlns='jabber:client' type='headline' from='pubsub.example.net' to='bob@example.net/asterisk'>"
                        + "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='%s'>%s</items></event></message>")
                .formatted(node, items);
    }

    private static String error(String content) {
        return "<iq xmlns='jabber:client' type='error' from='pubsub.example.net' to='bob@example.net/asterisk' id='1'>"
                + content + "</iq>";
    }

    private static final String ECHO =
            "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'/></pubsub>";
    private static final String ERROR =
            """
            <error code='400' type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
            <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>why</text></error>""";

    static Stream<String> sound() {
        return Stream.of(
                message("device_state", "<item id='PJSIP/100'>" + STATE + "</item>"),
                message("message_waiting", "<item id='100@default'>" + MAILBOX + "</item>"),
                error(ECHO + ERROR),
                error(ERROR),
                error(ERROR).replace("type='error'", "type='result'").replace(ERROR, ""));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void aValidNotificationPasses(String stanza) {
        assertThatCode(() -> check(Xml.parse(stanza))).doesNotThrowAnyException();
    }

    static Stream<String> harmfulItems() {
        return Stream.of(
                "",
                "<item id='1'/>",
                "<item id='1'>text</item>",
                "<item>" + STATE + "</item>",
                "<item id=''>" + STATE + "</item>",
                "<item id='a&amp;b'>" + STATE + "</item>",
                "<item id='" + "x".repeat(256) + "'>" + STATE + "</item>",
                "<item id='1' publisher='x'>" + STATE + "</item>",
                "<item id='1'>" + STATE + "</item><item id='2'>" + STATE + "</item>",
                "<item id='1'>" + STATE + STATE + "</item>",
                "<item id='1'>" + MAILBOX + "</item>",
                "<item id='1'>" + STATE.replace("INUSE", "") + "</item>",
                "<item id='1'>" + STATE.replace("INUSE", "DANCING") + "</item>",
                "<item id='1'>" + STATE.replace("INUSE", " INUSE ") + "</item>",
                "<item id='1'>" + STATE.replace(" eid='00:11:22:33:44:5a'", "") + "</item>",
                "<item id='1'>" + STATE.replace("00:", "zz:") + "</item>",
                "<item id='1'>" + STATE.replace("5a", "5A") + "</item>",
                "<item id='1'>" + STATE.replace(" cachable='1'", "") + "</item>",
                "<item id='1'>" + STATE.replace("cachable='1'", "cachable='2'") + "</item>",
                "<item id='1'>" + STATE.replace("http://asterisk.org", "urn:x") + "</item>",
                "<retract id='1'/>");
    }

    @ParameterizedTest
    @MethodSource("harmfulItems")
    void aHarmfulNotificationIsDetected(String items) {
        fails(message("device_state", items));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<NEWMSGS>1</NEWMSGS>", "<OLDMSGS>0</OLDMSGS>", ">1<", ">0<", "mailbox"})
    void aMailboxHasBothCounts(String part) {
        String replacement =
                part.equals(">1<") ? "><" : part.equals(">0<") ? ">00<" : part.equals("mailbox") ? "box" : "";
        fails(message("message_waiting", "<item id='1'>" + MAILBOX.replace(part, replacement) + "</item>"));
    }

    static Stream<String> harmfulStanzas() {
        String good = message("device_state", "<item id='1'>" + STATE + "</item>");
        return Stream.of(
                good.replace(" type='headline'", ""),
                good.replace("headline", "chat"),
                good.replace("pubsub.example.net", "other.example.net"),
                good.replace("bob@example.net/asterisk", "carol@example.net/asterisk"),
                good.replace("node='device_state'", "node='PJSIP/100'"),
                good.replace("<event ", "<body>x</body><event "),
                good.replaceAll("items node='device_state'>.*</items>", "purge node='device_state'/>"),
                good.replaceAll("items node='device_state'>.*</items>", "delete node='device_state'/>"),
                good.replace("message", "presence"),
                error(ECHO),
                error(""),
                error(ECHO + ERROR.replace(" code='400'", "")),
                error(ECHO + ERROR.replace("400", "404")),
                error(ECHO + ERROR.replace("bad-request", "item-not-found")),
                error("<pubsub xmlns='http://jabber.org/protocol/pubsub'/>" + ERROR),
                error(ECHO.replace(" node='device_state'", "") + ERROR),
                error(ECHO.replace("<publish node='device_state'/>", "<publish node='device_state'><item/></publish>")
                        + ERROR));
    }

    @ParameterizedTest
    @MethodSource("harmfulStanzas")
    void aHarmfulStanzaIsDetected(String stanza) {
        fails(stanza);
    }

    @Test
    void aNotificationToABareAddressIsDetected() {
        Jid bare = Jid.of("bob@example.net");
        XmlElement stanza = Stanzas.stateMessage(SERVICE, bare, "PJSIP/100", Stanzas.EID_A, "INUSE");
        assertThatThrownBy(() -> CanonicalForm.check(SERVICE, new Sent(bare, stanza)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void invalidXmlCharactersAreDetected() {
        XmlElement text =
                XmlElement.element("text", Namespaces.STANZAS).text("\u0001").build();
        XmlElement iq = XmlElement.element("iq", Namespaces.CLIENT).child(text).build();
        assertThatThrownBy(() -> CanonicalText.check(iq)).isInstanceOf(AssertionError.class);
    }

    private static void fails(String stanza) {
        XmlElement parsed = Xml.parse(stanza);
        assertThatThrownBy(() -> check(parsed)).isInstanceOf(AssertionError.class);
    }
}
