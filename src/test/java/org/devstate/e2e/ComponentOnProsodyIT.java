// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;

/** The component host beside a real Prosody. */
final class ComponentOnProsodyIT extends OfficeTest
        implements SharingScenarios,
                NameScenarios,
                MailboxScenarios,
                BuddyScenarios,
                LeafNodeScenarios,
                RejectionScenarios,
                LivenessScenarios,
                NonCachableScenarios,
                CoalescingScenarios,
                RestartScenarios,
                PersistenceScenarios,
                BigDumpScenarios,
                HiddenPresenceScenarios,
                LongTagScenarios {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    @Test
    void theServiceIsDiscoveredAndPinged() {
        String disco = "<query xmlns='http://jabber.org/protocol/disco#%s'/>";
        try (ServiceClient reader = office().login("pbx9", "discovery")) {
            assertThat(reader.request("get", disco.formatted("info")).toString())
                    .contains("tigase-devstate", "urn:xmpp:ping");
            assertThat(reader.request("get", disco.formatted("items")).toString())
                    .contains("device_state", "message_waiting");
            assertThat(reader.request("get", "<ping xmlns='urn:xmpp:ping'/>").attribute("type"))
                    .isEqualTo("result");
        }
    }

    /**
     * A stranger must not be able to end the service for all with a stanza that the server accepts and the component's parser might
     * not.
     */
    @Test
    void noStanzaOfAStrangerEndsTheComponentsConnection() {
        Prosody prosody = (Prosody) office().xmpp();
        long before = prosody.component().connections();
        String service = office().xmpp().service();
        List<String> hostile = List.of(
                "<iq type='get' id='h1' to='%s'><a xmlns='urn:\u00e9\u20ac\ud83d\ude00'/></iq>",
                "<iq type='get' id='h2' to='\ud83e\udd84@%s'><a xmlns='urn:a'/></iq>",
                "<iq type='get' id='h3' to='%s/\ud83e\udd84'><a xmlns='urn:a'/></iq>",
                "<iq type='get' id='h4' to='%s'><a xmlns='urn:a'>&#x1fffe;&#xfdd0;\u0085</a></iq>",
                "<iq type='get' id='h5' to='%s'><p:a xmlns:p='urn:a' p:b='1' b='&#10;'><p:c/></p:a></iq>",
                "<iq type='get' id='h6' to='%s'><" + "n".repeat(3_000) + " xmlns='urn:a'/></iq>",
                "<presence type='whatever' id='h7' to='%s'/>",
                "<message type='error' id='h8' to='%s'><x:y xmlns:x='urn:x'/></message>",
                "<iq type='result' id='h9' to='%s'/>");
        for (String stanza : hostile) {
            try (ServiceClient mallory = office().login("mallory", "hostile")) {
                mallory.send(stanza.formatted(service));
                mallory.request("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>");
            }
        }
        assertThat(prosody.component().connections()).isEqualTo(before);
    }

    @Test
    void whenTheXmppServerRestartsTheComponentAndEveryAsteriskComeBackByThemselves() {
        Prosody prosody = (Prosody) office().xmpp();
        long before = prosody.component().connections();

        List<Long> logins =
                office().servers().stream().map(server -> server.log().logins()).toList();

        prosody.restart(() -> {});

        Await.until(
                "the component is back",
                Duration.ofSeconds(5),
                () -> prosody.component().connections() > before);
        for (int i = 0; i < logins.size(); i++) {
            Asterisk server = office().servers().get(i);
            long loginsBefore = logins.get(i);
            Await.until(
                    server.title() + " is back",
                    Duration.ofSeconds(20),
                    () -> server.log().logins() > loginsBefore);
        }
        office().server(1).setDeviceState("Custom:agent1", "ONHOLD");
        office().awaitMemberOnOthers(1, "Custom:agent1", "(On Hold)", Office.CONNECT);
        assertThat(prosody.component().connections()).isEqualTo(before + 1);
    }
}
