// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Ejabberd;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real servers whose pings cut every Asterisk off, because Asterisk answers none: the cause is named once for each session. */
@Tag("e2e")
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits
final class ServerPingsIT {

    private static final Path FOLDER = Office.FOLDER.resolve("ServerPingsIT");
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void pingsOfEjabberdThatCutAsteriskOffAreNamedOnce() {
        Path jar = Path.of(System.getProperty("devstate.componentJar"));
        try (Ejabberd ejabberd = Ejabberd.start(
                Testbed.find(),
                FOLDER.resolve("ejabberd"),
                jar,
                HostSetup.USUAL,
                Ejabberd.Variant.ENDING_WHO_DOES_NOT_ANSWER_PINGS)) {
            assertThePaceIsNamedOnce(ejabberd, () -> ejabberd.component().log());
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void pingsOfProsodyThatCutAsteriskOffAreNamedOnce() {
        Path jar = Path.of(System.getProperty("devstate.componentJar"));
        try (Prosody prosody = Prosody.startPinging(Testbed.find(), FOLDER.resolve("prosody"), jar)) {
            assertThePaceIsNamedOnce(prosody, () -> prosody.component().log());
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @EnabledIf(
            value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
            disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
    void pingsOfTigaseThatCutAsteriskOffAreNamedOnce() {
        Path folder = FOLDER.resolve("tigase");
        try (Tigase tigase = Tigase.startPinging(Tigase.home().orElseThrow(), folder)) {
            assertThePaceIsNamedOnce(tigase, tigase::log);
            assertThat(tigase.log()).contains("give the bean c2s: 'watchdog-ping-type' = 'WHITESPACE'");
        }
    }

    private static void assertThePaceIsNamedOnce(XmppServer xmpp, Supplier<String> log) {
        Testbed testbed = Testbed.find();
        List<Asterisk> servers = new ArrayList<>();
        try {
            for (int number = 1; number <= 2; number++) {
                String name = "pbx" + number;
                Release release = testbed.orOther(number == 1 ? Release.V22 : Release.V16);
                xmpp.addAccount(name);
                servers.add(Asterisk.start(testbed, release, FOLDER, name, number, xmpp));
            }
            for (Asterisk server : servers) {
                Await.until(server.title() + " is named", LIMIT, () -> named(log, server) > 0);
            }
            for (Asterisk server : servers) {
                long logins = server.log().logins();
                assertThat(logins).as(server.title()).isGreaterThanOrEqualTo(4);
                Await.until("it is cut off again", LIMIT, () -> server.log().logins() > logins);
                assertThat(named(log, server)).as(server.title()).isEqualTo(1);
                assertThat(server.isAlive()).isTrue();
            }
        } finally {
            servers.forEach(Asterisk::close);
        }
    }

    private static long named(Supplier<String> log, Asterisk server) {
        return log.get()
                .lines()
                .filter(line -> line.contains(server.name() + "@example.net/asterisk: its connection has ended 4 times")
                        && line.contains("If the XMPP server sends pings, turn them off"))
                .count();
    }
}
