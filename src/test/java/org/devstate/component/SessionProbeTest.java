// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionProbeTest {

    private static final Jid PBX = Jid.of("pbx1@example.net/asterisk");
    private static final String GONE = "service-unavailable";

    private final List<XmlElement> sent = new ArrayList<>();
    private final List<Jid> ended = new ArrayList<>();
    private final Set<Jid> sharing = new HashSet<>();
    private final SessionProbe probe = new SessionProbe(
            Jid.of("devstate.example.net"), 10 * SessionProbe.TICK_MS, sharing::contains, sent::add, ended::add);

    @Test
    void aNewSessionIsProbedWithDiscoInfo() {
        probe.watch(PBX);
        probe.tick();
        assertThat(sent)
                .containsExactly(Xml.parse("<iq xmlns='jabber:client' type='get' from='devstate.example.net/probe'"
                        + " to='pbx1@example.net/asterisk' id='probe1'>"
                        + "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-unavailable", "recipient-unavailable", "item-not-found"})
    void aSessionThatHasAnsweredBeforeAndIsGoneHasEnded(String condition) {
        answerFirst();
        askAndAnswer(error(condition));
        assertThat(ended).containsExactly(PBX);
        ticks(20);
        assertThat(sent).isEmpty();
    }

    @Test
    void aSessionThatNeverAnsweredAndIsAbsentHasEnded() {
        probe.watch(PBX);
        ticks(20);
        askAndAnswer(error(GONE));
        assertThat(ended).containsExactly(PBX);
    }

    @Test
    void anyOtherAnswerIsALifeSign() {
        answerFirst();
        for (String condition : List.of("feature-not-implemented", "remote-server-timeout", "not-acceptable")) {
            askAndAnswer(error(condition));
        }
        askAndAnswer("<iq xmlns='jabber:client' type='result' id='%s'/>");
        assertThat(ended).isEmpty();
    }

    /** As one that logs in, publishes, and is gone before the first question. */
    @Test
    void aSessionThatIsAbsentTwiceAndSentNothingInBetweenHasEnded() {
        probe.watch(PBX);
        probe.tick();
        answer(error(GONE));
        assertThat(ended).isEmpty();
        askAndAnswer(error(GONE));
        assertThat(ended).containsExactly(PBX);
    }

    @Test
    void aSessionThatSendsSomethingInBetweenIsPresent() {
        probe.watch(PBX);
        probe.tick();
        for (int i = 0; i < 5; i++) {
            answer(error(GONE));
            probe.watch(PBX);
            sent.clear();
            ticks(10);
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void afterALossOfTheConnectionAllSessionsAreProbedAtOnce() {
        answerFirst();
        probe.connected();
        probe.tick();
        assertThat(sent).hasSize(1);
    }

    @Test
    void noAnswerProvesNothing() {
        answerFirst();
        ticks(100);
        assertThat(ended).isEmpty();
    }

    @Test
    void anAnswerToAnotherQuestionIsNone() {
        answerFirst();
        ticks(10);
        probe.received(PBX, Xml.parse(error(GONE).formatted("probe1")));
        probe.received(PBX, Xml.parse(error(GONE).formatted("")));
        assertThat(ended).isEmpty();
    }

    @Test
    void aProbeOverALostConnectionProvesNothing() {
        probe.watch(PBX);
        probe.tick();
        probe.connected();
        probe.received(PBX, Xml.parse(error(GONE).formatted("probe1")));
        askAndAnswer(error(GONE));
        assertThat(ended).isEmpty();
    }

    @Test
    void aSessionIsNotProbedWhileItSharesItsPresence() {
        sharing.add(PBX);
        probe.watch(PBX);
        ticks(30);
        assertThat(sent).isEmpty();
        sharing.clear();
        ticks(10);
        assertThat(sent).hasSize(1);
    }

    @Test
    void anEndedSessionIsNotProbedAndIsNewWhenItIsBack() {
        probe.watch(PBX);
        probe.tick();
        probe.forget(PBX);
        sent.clear();
        ticks(20);
        assertThat(sent).isEmpty();
        probe.watch(PBX);
        probe.tick();
        assertThat(sent).hasSize(1);
    }

    @Test
    void manySessionsAreAskedEvenlyOverTheInterval() {
        for (int i = 0; i < 1_000; i++) {
            probe.watch(Jid.of("pbx" + i + "@example.net/asterisk"));
        }
        ticks(20); // the first questions: 50 in each
        for (int i = 0; i < 30; i++) {
            sent.clear();
            probe.tick();
            assertThat(sent).hasSize(100);
        }
    }

    private void answerFirst() {
        probe.watch(PBX);
        probe.tick();
        answer("<iq xmlns='jabber:client' type='result' id='%s'/>");
        sent.clear();
    }

    private void askAndAnswer(String answer) {
        sent.clear();
        ticks(10);
        assertThat(sent).hasSize(1);
        answer(answer);
        sent.clear();
    }

    private void answer(String answer) {
        probe.received(PBX, Xml.parse(answer.formatted(sent.get(0).attribute("id"))));
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            probe.tick();
        }
    }

    private static String error(String condition) {
        return "<iq xmlns='jabber:client' type='error' id='%s'><query xmlns='http://jabber.org/protocol/disco#info'/>"
                + "<error type='cancel'><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
    }
}
