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
                LeafNodeScenarios,
                RefusalScenarios,
                LivenessScenarios,
                NotCachableScenarios,
                RestartScenarios,
                BigDumpScenarios {

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
        office().awaitMemberOnOthers(1, "Custom:agent1", "(On Hold)", Duration.ofSeconds(5));
        assertThat(prosody.component().connections()).isEqualTo(before + 1);
    }
}
