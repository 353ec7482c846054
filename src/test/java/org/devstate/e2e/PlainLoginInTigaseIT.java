// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskFiles;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Asterisk with usetls = no waits to authenticate for good; Tigase's log has the reason. */
@Tag("e2e")
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class PlainLoginInTigaseIT {

    private static final Path FOLDER = Office.FOLDER.resolve("PlainLoginInTigaseIT");
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @EnumSource(Release.class)
    void anAsteriskThatDoesNotAskForTlsIsNamedWithTheLineToChange(Release release) throws IOException {
        Path folder = FOLDER.resolve(release.name());
        try (Tigase tigase = Tigase.start(Tigase.home().orElseThrow(), folder.resolve("tigase"))) {
            tigase.addAccount("pbx1");
            try (Asterisk asterisk = Asterisk.startEnrolled(
                    Testbed.find(), release, folder, "pbx1", 1, tigase, files(folder.resolve("given"), tigase))) {
                Await.until("it is logged", SOON, () -> tigase.output()
                        .contains("does not ask for TLS, which this Tigase requires"));
                assertThat(tigase.output()).contains("A client at 127.0.0.1 ", "usetls = yes");
                assertThat(asterisk.log().logins()).isZero();
            }
        }
    }

    private static Path files(Path given, XmppServer tigase) throws IOException {
        Files.createDirectories(given);
        Files.writeString(given.resolve("asterisk.conf"), "[options]\nentityid = 00:11:22:33:44:01\n");
        Files.writeString(given.resolve("modules.conf"), AsteriskFiles.MODULES);
        Files.writeString(
                given.resolve("xmpp.conf"),
                """
                [general]
                debug = yes
                [xmpp]
                type = client
                serverhost = 127.0.0.1
                port = %d
                username = pbx1@example.net/asterisk
                secret = pbx1
                usetls = no
                usesasl = yes
                distribute_events = yes
                pubsub_node = %s
                """
                        .formatted(tigase.clientPort(), tigase.service()));
        return given;
    }
}
