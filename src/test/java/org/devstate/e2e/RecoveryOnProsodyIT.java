// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The component beside a real Prosody, each restarted, with the component among the administrators of Prosody or not. */
@Tag("long")
final class RecoveryOnProsodyIT extends OfficeTest implements RecoveryScenarios {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    @Test
    void afterEachRestartOfTheComponentAllServersAreRightWithinTenSeconds() {
        restart("component", meanwhile -> office().xmpp().restartService(meanwhile));
    }

    /** Publishes meanwhile are lost; but all servers receive again, and the log has the advice. */
    @Test
    void ifSessionsMayNotBeEndedFormerSubscriptionsAreResumedAndLogged() throws IOException {
        Prosody prosody = (Prosody) office().xmpp();
        prosody.letComponentEndSessions(false);
        try {
            prosody.restart(() -> {});
            office().servers().forEach(server -> server.restart(Office.CONNECT));
            office().server(1).setDeviceState("Custom:agent1", "INUSE");
            office().awaitMemberOnOthers(1, "Custom:agent1", "(In use)", Office.CONNECT);

            prosody.restartService(() -> {});
            Path log = office().folder().resolve("xmpp/component.log");
            for (Asterisk server : office().servers()) {
                Await.until(server.name() + " is named", Duration.ofSeconds(15), () -> read(log)
                        .contains(server.name() + "@example.net/asterisk is connected but not subscribed: its former"));
            }
            assertThat(read(log))
                    .containsOnlyOnce(
                            "example.net does not end sessions for devstate.example.net: it answered forbidden")
                    .contains("admins = { \"devstate.example.net\" }", "core restart when convenient");
            office().server(1).setDeviceState("Custom:agent1", "RINGING");
            office().awaitMemberOnOthers(1, "Custom:agent1", "(Ringing)", Office.CONNECT);
        } finally {
            prosody.letComponentEndSessions(true);
            prosody.restart(() -> {});
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
