package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppClient;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;

/** The component host beside a real Prosody. */
final class ComponentOnProsodyIT extends SharingScenarios {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    @Test
    void theServiceIsDiscoveredAndPinged() {
        String disco = "<query xmlns='http://jabber.org/protocol/disco#%s'/>";
        try (XmppClient reader = XmppClient.login(xmpp(), "pbx9", "discovery")) {
            String service = xmpp().service();
            assertThat(reader.request("get", service, disco.formatted("info")).toString())
                    .contains("tigase-devstate", "urn:xmpp:ping");
            assertThat(reader.request("get", service, disco.formatted("items")).toString())
                    .contains("device_state", "message_waiting");
            assertThat(reader.request("get", service, "<ping xmlns='urn:xmpp:ping'/>")
                            .attribute("type"))
                    .isEqualTo("result");
        }
    }

    @Test
    void whenTheXmppServerRestartsTheComponentAndEveryAsteriskComeBackByThemselves() {
        Prosody prosody = (Prosody) xmpp();
        long before = prosody.component().connections();

        List<Long> logins = servers().stream().map(Asterisk::logins).toList();

        prosody.restart();

        Await.until(
                "the component is back",
                Duration.ofSeconds(5),
                () -> prosody.component().connections() > before);
        for (int i = 0; i < servers().size(); i++) {
            Asterisk server = servers().get(i);
            long loginsBefore = logins.get(i);
            Await.until(server.title() + " is back", Duration.ofSeconds(20), () -> server.logins() > loginsBefore);
        }
        servers().get(0).setDeviceState("Custom:agent1", "ONHOLD");
        for (Asterisk server : othersThan(1)) {
            awaitMember(server, "Custom:agent1", "(On Hold)", Duration.ofSeconds(5));
        }
        assertThat(prosody.component().connections()).isEqualTo(before + 1);
    }
}
