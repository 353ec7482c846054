// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;

final class PresenceWatchTest {

    private static final Jid PBX = Jid.of("pbx1@example.net/asterisk");
    private static final Jid PBX_SECOND = Jid.of("pbx1@example.net/second");
    private static final Jid MALLORY = Jid.of("mallory@example.net/x");

    private static final XmlElement AVAILABLE = Xml.parse("<presence xmlns='jabber:client'/>");

    private final List<XmlElement> sent = new ArrayList<>();
    private final List<Jid> ended = new ArrayList<>();
    private final PresenceWatch watch = new PresenceWatch(
            Jid.of("devstate.example.net"), jid -> jid.bare().matches("pbx.*@example[.]net"), sent::add, ended::add);

    private static XmlElement presence(String type) {
        return Xml.parse("<presence xmlns='jabber:client' type='" + type + "'/>");
    }

    private List<String> requests() {
        return sent.stream()
                .map(stanza -> stanza.attribute("type") + " " + stanza.attribute("to"))
                .toList();
    }

    @Test
    void eachAccountIsAskedOnce() {
        watch.watch(PBX);
        watch.watch(PBX);
        watch.watch(PBX_SECOND);
        watch.watch(MALLORY);
        assertThat(requests()).containsExactly("subscribe pbx1@example.net");
    }

    @Test
    void aSessionThatIsUnavailableHasEnded() {
        watch.watch(PBX);
        watch.received(PBX, presence("unavailable"));
        assertThat(ended).containsExactly(PBX);
    }

    /** As after a restart of the component, before which it had been asked for its presence. */
    @Test
    void aSilentSessionCanEndToo() {
        watch.received(PBX, presence("unavailable"));
        watch.forget(PBX);
        assertThat(ended).containsExactly(PBX);
    }

    @Test
    void anUnavailableAnswerToAProbeEndsAllSessionsOfTheAccount() {
        watch.watch(PBX);
        watch.watch(PBX_SECOND);
        watch.askAgain();
        watch.received(Jid.of("pbx1@example.net"), presence("unavailable"));
        watch.received(Jid.of("pbx1@example.net"), presence("unavailable"));
        assertThat(ended).containsExactlyInAnyOrder(PBX, PBX_SECOND);
    }

    @Test
    void aSessionThatIsBackBeforeTheAnswerToTheProbeHasNotEnded() {
        watch.watch(PBX);
        watch.askAgain();
        watch.watch(PBX);
        watch.received(Jid.of("pbx1@example.net"), presence("unavailable"));
        assertThat(ended).isEmpty();
    }

    @Test
    void afterALossOfTheConnectionAllAccountsAreProbed() {
        watch.watch(PBX);
        sent.clear();
        watch.askAgain();
        assertThat(requests()).containsExactly("probe pbx1@example.net");
    }

    @Test
    void anAdmittedAccountMaySeeTheServicesPresence() {
        watch.received(PBX, presence("subscribe"));
        assertThat(requests()).containsExactly("subscribed pbx1@example.net");
    }

    @Test
    void presenceOfAnAccountThatIsNotAdmittedIsIgnored() {
        watch.received(MALLORY, presence("subscribe"));
        watch.received(MALLORY, presence("unavailable"));
        assertThat(sent).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void theEndOfASessionIsAnnouncedFromItsPresenceUntilItsAccountRejects() {
        assertThat(watch.reportsPresence(PBX)).isFalse();
        watch.received(PBX, presence("subscribed"));
        assertThat(watch.reportsPresence(PBX)).isFalse();
        watch.received(PBX, AVAILABLE);
        assertThat(watch.reportsPresence(PBX)).isTrue();
        watch.received(PBX, presence("unsubscribed"));
        assertThat(watch.reportsPresence(PBX)).isFalse();
    }

    /** A server does not announce the end of a session that never was available. */
    @Test
    void anotherSessionOfTheAccountDoesNotAnnounceTheEndOfASession() {
        watch.received(PBX, AVAILABLE);
        assertThat(watch.reportsPresence(PBX_SECOND)).isFalse();
    }

    @Test
    void afterALossOfTheConnectionNoSessionIsKnownToBeAvailable() {
        watch.received(PBX, AVAILABLE);
        watch.askAgain();
        assertThat(watch.reportsPresence(PBX)).isFalse();
    }

    @Test
    void anAccountThatRejectsIsAskedAgainAfterItsNextStanza() {
        watch.watch(PBX);
        watch.received(PBX, presence("unsubscribed"));
        watch.watch(PBX);
        assertThat(requests()).containsExactly("subscribe pbx1@example.net", "subscribe pbx1@example.net");
    }
}
