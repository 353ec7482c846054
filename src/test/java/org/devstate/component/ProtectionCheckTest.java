// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;

final class ProtectionCheckTest {

    private static final Jid PBX = Jid.of("pbx1@example.net/asterisk");
    private static final Jid SERVER = Jid.of("example.net");

    private final List<XmlElement> sent = new ArrayList<>();
    private final List<String> unprotected = new ArrayList<>();
    private final ProtectionCheck check =
            new ProtectionCheck(Jid.of("devstate.example.net"), sent::add, unprotected::add);

    @Test
    void theServerIsAskedOnceAndNoSessionBeforeItIsKnown() {
        check.watch(PBX);
        check.watch(PBX);
        check.watch(Jid.of("pbx2@example.net/asterisk"));
        assertThat(sent)
                .containsExactly(
                        Xml.parse(
                                "<iq xmlns='jabber:client' type='get' from='devstate.example.net' to='example.net'"
                                        + " id='protected-example.net'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>"));
    }

    @Test
    void inEjabberdEverySessionIsAskedOnceFromTheBareAddress() {
        check.watch(PBX);
        answer(SERVER, "ejabberd");
        check.watch(Jid.of("pbx2@example.net/asterisk"));
        check.watch(PBX);
        assertThat(asked()).containsExactly("example.net", PBX.toString(), "pbx2@example.net/asterisk");
        assertThat(sent).allMatch(iq -> "devstate.example.net".equals(iq.attribute("from")));
    }

    @Test
    void elsewhereNoSessionIsAsked() {
        check.watch(PBX);
        answer(SERVER, "Prosody");
        check.watch(Jid.of("pbx2@example.net/asterisk"));
        assertThat(asked()).containsExactly("example.net");
    }

    @Test
    void anAccountWhoseAsteriskAnswersIsReportedOnce() {
        check.watch(PBX);
        answer(SERVER, "ejabberd");
        answer(PBX, "Asterisk");
        check.forget(PBX);
        check.watch(PBX);
        answer(PBX, "Asterisk");
        assertThat(unprotected).containsExactly("pbx1@example.net");
    }

    @Test
    void anAccountForWhichTheServerAnswersIsProtected() {
        check.watch(PBX);
        answer(SERVER, "ejabberd");
        check.received(
                PBX,
                Xml.parse("<iq xmlns='jabber:client' type='error' id='protected-example.net'><error type='cancel'>"
                        + "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>"));
        assertThat(unprotected).isEmpty();
    }

    @Test
    void answersToOtherQuestionsDoNotCount() {
        check.watch(PBX);
        check.received(SERVER, Xml.parse("<iq xmlns='jabber:client' type='result' id='probe1'/>"));
        answer(SERVER, "ejabberd");
        check.received(PBX, Xml.parse("<iq xmlns='jabber:client' type='result' id='probe1'/>"));
        assertThat(unprotected).isEmpty();
        assertThat(asked()).containsExactly("example.net", PBX.toString());
    }

    private List<String> asked() {
        return sent.stream().map(iq -> String.valueOf(iq.attribute("to"))).toList();
    }

    private void answer(Jid from, String name) {
        check.received(
                from,
                Xml.parse("<iq xmlns='jabber:client' type='result' id='protected-example.net'>"
                        + "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='server' type='im' name='"
                        + name + "'/></query></iq>"));
    }
}
