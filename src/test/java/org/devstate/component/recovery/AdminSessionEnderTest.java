// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.SessionEnder.EndOutcome;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminSessionEnderTest {

    private static final Jid PBX1 = Jid.of("pbx1@example.net/asterisk");
    private static final Jid PBX2 = Jid.of("pbx2@example.net/asterisk");
    private static final Jid SERVER = Jid.of("example.net");

    /** As Prosody 0.12 asks. */
    private static final String SEVERAL = form("<field var='accountjids' type='jid-multi'/>");

    /** As ejabberd 23.01 asks. */
    private static final String ONE = form("<field var='accountjid' type='jid-single'/>");

    private final ManualClock clock = new ManualClock();
    private final List<XmlElement> sent = new ArrayList<>();
    private final List<EndOutcome> outcomes = new ArrayList<>();
    private final AdminSessionEnder ender = new AdminSessionEnder(Jid.of("devstate.example.net"), clock, sent::add);

    private static String form(String field) {
        return "<iq xmlns='jabber:client' type='result' id='%s'><command xmlns='http://jabber.org/protocol/commands'"
                + " node='http://jabber.org/protocol/admin#end-user-session' sessionid='s1' status='executing'>"
                + "<x xmlns='jabber:x:data' type='form'><title>t</title><field var='FORM_TYPE' type='hidden'>"
                + "<value>http://jabber.org/protocol/admin</value></field>" + field + "</x></command></iq>";
    }

    private static String completed(String content) {
        return "<iq xmlns='jabber:client' type='result' id='%s'><command xmlns='http://jabber.org/protocol/commands'"
                + " status='completed'>" + content + "</command></iq>";
    }

    private static String error(String condition) {
        return "<iq xmlns='jabber:client' type='error' id='%s'><error type='auth'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
    }

    private void end(List<Jid> sessions) {
        ender.end(sessions, outcomes::add);
    }

    private boolean answer(String text) {
        XmlElement asked = sent.get(sent.size() - 1);
        return ender.received(
                Jid.of(String.valueOf(asked.attribute("to"))), Xml.parse(text.formatted(asked.attribute("id"))));
    }

    private List<String> named() {
        XmlElement form = sent.get(sent.size() - 1).children().get(0).children().get(0);
        XmlElement field = form.children().get(form.children().size() - 1);
        return field.children().stream().map(XmlElement::text).toList();
    }

    @Test
    void theCommandBeginsAtTheDomainOfTheSessions() {
        end(List.of(PBX1));
        assertThat(sent)
                .containsExactly(Xml.parse("<iq xmlns='jabber:client' type='set' from='devstate.example.net'"
                        + " to='example.net' id='end1'><command xmlns='http://jabber.org/protocol/commands'"
                        + " node='http://jabber.org/protocol/admin#end-user-session' action='execute'/></iq>"));
    }

    @Test
    void aFormThatTakesSeveralAddressesIsGivenAll() {
        end(List.of(PBX1, PBX2));
        assertThat(answer(SEVERAL)).isTrue();
        assertThat(sent.get(1))
                .isEqualTo(Xml.parse("<iq xmlns='jabber:client' type='set' from='devstate.example.net' to='example.net'"
                        + " id='end2'><command xmlns='http://jabber.org/protocol/commands'"
                        + " node='http://jabber.org/protocol/admin#end-user-session' sessionid='s1' action='complete'>"
                        + "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
                        + "<value>http://jabber.org/protocol/admin</value></field><field var='accountjids'>"
                        + "<value>pbx1@example.net/asterisk</value><value>pbx2@example.net/asterisk</value>"
                        + "</field></x></command></iq>"));
        answer(completed("<note type='info'>done</note>"));
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
    }

    @Test
    void aFormThatTakesOneAddressIsFilledInForEachOfThem() {
        end(List.of(PBX1, PBX2));
        answer(ONE);
        assertThat(named()).containsExactly(PBX1.toString());
        answer(completed(""));
        answer(ONE);
        assertThat(named()).containsExactly(PBX2.toString());
        assertThat(outcomes).isEmpty();
        answer(completed(""));
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
    }

    @Test
    void moreThanOneCommandTakesAreEndedInSeveral() {
        end(IntStream.rangeClosed(1, AdminSessionEnder.MOST + 1)
                .mapToObj(i -> Jid.of("pbx" + i + "@example.net/asterisk"))
                .toList());
        answer(SEVERAL);
        assertThat(named()).hasSize(AdminSessionEnder.MOST);
        answer(completed(""));
        answer(SEVERAL);
        assertThat(named()).containsExactly("pbx51@example.net/asterisk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forbidden", "not-allowed", "service-unavailable", "item-not-found"})
    void aServerThatRejectsTheCommandIsNamedWithWhatToAdd(String condition) {
        end(List.of(PBX1));
        answer(error(condition));
        assertThat(outcomes)
                .singleElement()
                .asString()
                .contains(
                        "example.net does not end sessions for devstate.example.net: it answered " + condition,
                        "admins = { \"devstate.example.net\" }",
                        "admin_adhoc",
                        "server: [\"devstate.example.net\"]",
                        "mod_configure");
    }

    @Test
    void anErrorNoteIsAFailureToo() {
        end(List.of(PBX1));
        answer(SEVERAL);
        answer(completed("<note type='error'>no such luck</note>"));
        assertThat(outcomes).singleElement().asString().contains("it answered: no such luck");
    }

    /** Servers may ask for fields that are unknown here. */
    @Test
    void aFormWithoutAFieldForAddressesIsAFailure() {
        end(List.of(PBX1));
        answer(form("<field var='reason' type='text-single'/>"));
        assertThat(outcomes).singleElement().asString().contains("no field for addresses");
        assertThat(sent).hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        end(List.of(PBX1));
        clock.advance(AdminSessionEnder.PATIENCE_MS - 1);
        ender.tick();
        assertThat(outcomes).isEmpty();
        clock.advance(1);
        ender.tick();
        ender.tick();
        assertThat(outcomes).singleElement().asString().contains("it did not answer within 5 s");
        assertThat(answer(SEVERAL)).isFalse();
        assertThat(sent).hasSize(1);
    }

    @Test
    void onlyTheServerItselfCanAnswer() {
        end(List.of(PBX1));
        String id = String.valueOf(sent.get(0).attribute("id"));
        assertThat(ender.received(PBX1, Xml.parse(SEVERAL.formatted(id)))).isFalse();
        assertThat(ender.received(SERVER, Xml.parse(SEVERAL.formatted("probe1"))))
                .isFalse();
        assertThat(sent).hasSize(1);
    }

    @Test
    void theSessionsOfEachDomainAreEndedThereAndOneFailureIsTheOutcome() {
        end(List.of(PBX1, Jid.of("pbx1@example.org/asterisk")));
        assertThat(sent).extracting(stanza -> stanza.attribute("to")).containsExactly("example.net", "example.org");
        answer(error("forbidden"));
        assertThat(outcomes).isEmpty();
        ender.received(SERVER, Xml.parse(SEVERAL.formatted("end1")));
        answer(completed(""));
        assertThat(outcomes).singleElement().asString().contains("example.org does not end sessions");
    }

    @Test
    void noSessionsAreEndedAtOnce() {
        end(List.of());
        assertThat(outcomes).containsExactly(new EndOutcome.Ended());
        assertThat(sent).isEmpty();
    }
}
