// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Stanzas;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.Await;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Settings of Tigase that let strangers in, or harm every Asterisk, are named at the start; the lines that are given mend them. */
@Tag("e2e")
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for Tigases to start
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class StartupWarningsInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("StartupWarningsInTigaseIT");
    private static final Path CONFIG = FOLDER.resolve("etc/config.tdsl");
    private static final Duration SOON = Duration.ofSeconds(10);

    /** The lines of the guide, and those of the sample for registration. */
    private static final String CLOSED =
            """
            eventbus (active: false) {}
            'ext-disco' (active: false) {}
            'rtbl-component' (active: false) {}
            'sess-man' () {
                'jabber:iq:register' (active: false) {}
            }
            """;

    @Test
    void dangerousSettingsAreLoggedWithLinesThatCorrectThem() {
        try (Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), FOLDER)) {
            tigase.addAccount("admin");
            String usual = read();
            tigase.restart(() -> write(usual.replace("c2s () {\n", "c2s () {\n    'watchdog-ping-type' = 'XMPP'\n")));
            Await.until("all warnings are logged", SOON, () -> warnings(tigase).contains("Any account can change"));
            assertThat(warnings(tigase))
                    .contains("registration by clients (XEP-0077) is open on example.net")
                    .contains("new accounts can match pbx*@example.net")
                    .contains("give the bean 'sess-man': 'jabber:iq:register' (active: false) {}")
                    .contains("give the bean c2s: 'watchdog-ping-type' = 'WHITESPACE'")
                    .contains("eventbus (active: false) {}, 'ext-disco' (active: false) {}");

            tigase.restart(() -> write(usual + CLOSED));
            assertThatThrownBy(() -> tigase.addAccount("pbx666")).isInstanceOf(IllegalStateException.class);
            aServerThatIsAddedByCommandWorks(tigase);
            assertThat(warnings(tigase)).isEmpty();
        }
    }

    private static void aServerThatIsAddedByCommandWorks(Tigase tigase) {
        try (XmppClient admin = XmppClient.login(tigase, "admin", "console")) {
            CommandAnswer added = new CommandAnswer(admin.request(
                    "set",
                    tigase.service(),
                    Xml.write(AdminFixture.command(
                                    "devstate-add-server",
                                    "",
                                    "execute",
                                    AdminFixture.form("site", "default", "server", "pbx7"))
                            .children()
                            .get(0))));
            assertThat(added.value("account-created")).isEqualTo("true");
            try (XmppClient pbx = XmppClient.login(tigase, "pbx7", added.value("password"), "asterisk")) {
                String publish = Xml.write(Stanzas.publishState("SIP/7", added.value("eid"), "INUSE")
                        .children()
                        .get(0));
                assertThat(pbx.request("set", tigase.service(), publish).attribute("type"))
                        .isEqualTo("result");
            }
        }
    }

    /** The plugin's warnings since the last start, besides settings of c2s, a line each. */
    private static String warnings(Tigase tigase) {
        return tigase.output()
                .lines()
                .filter(line -> line.contains("WARNING")
                        && (line.contains("StartupWarnings") || line.contains("OpenComponents")))
                .collect(Collectors.joining("\n"));
    }

    private static String read() {
        try {
            return Files.readString(CONFIG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String config) {
        try {
            Files.writeString(CONFIG, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
