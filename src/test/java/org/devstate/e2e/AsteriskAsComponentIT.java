// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskFiles;
import org.devstate.testbed.Await;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An Asterisk with {@code type = component} in its xmpp.conf, which the guide to troubleshooting names. It connects with {@code usetls = no}
 * only: otherwise it waits for TLS, which XEP-0114 does not have.
 */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits
final class AsteriskAsComponentIT {

    private static final Path FOLDER = Office.FOLDER.resolve("AsteriskAsComponentIT");
    private static final String ADDRESS = "pbx1.example.net";

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void asAComponentItPublishesNothingAndAsAClientItDoes(Release release) throws Exception {
        Testbed testbed = Testbed.find();
        Path folder = FOLDER.resolve(release.name());
        Path jar = Path.of(System.getProperty("devstate.componentJar"));
        try (Prosody prosody = Prosody.start(testbed, folder.resolve("prosody"), jar)) {
            prosody.addAccount("pbx1");
            prosody.addAccount("pbx9");
            prosody.addComponent(ADDRESS);
            prosody.restart(() -> {});
            try (ServiceClient witness = ServiceClient.login(prosody, "pbx9", "witness")) {
                Await.until("the service is back", Office.CONNECT, () -> "result"
                        .equals(witness.requestSubscription("device_state").attribute("type")));
                try (Asterisk component = Asterisk.startEnrolled(
                        testbed, testbed.orOther(release), folder, "pbx1", 1, prosody, files(folder, prosody))) {
                    component.awaitConnected(Office.CONNECT);
                    component.setDeviceState("Custom:agent1", "INUSE");
                    Office.awaitMember(component, "Custom:agent1", "(In use)", Office.AT_ONCE);

                    assertThat(witness.nextMessage(Duration.ofSeconds(2))).isNull();
                    assertThat(component.log().lines("<publish")).isEmpty();
                    assertThat(component.log().lines("<subscribe")).isEmpty();
                    assertThat(prosody.component().log()).doesNotContain(ADDRESS); // it has rejected nothing of it
                }
                try (Asterisk client = Asterisk.start(testbed, testbed.orOther(release), folder, "pbx1", 1, prosody)) {
                    client.awaitConnected(Office.CONNECT);
                    client.setDeviceState("Custom:agent1", "INUSE");
                    assertThat(witness.nextState("Custom:agent1")).isEqualTo("INUSE");
                    assertThat(client.log().lines("<publish")).isNotEmpty();
                }
            }
        }
    }

    /** Writes the files of the server that differ from the usual ones; returns their folder. */
    private static Path files(Path parent, Prosody prosody) throws Exception {
        Path folder = Files.createDirectories(parent.resolve("given"));
        Files.writeString(folder.resolve("modules.conf"), AsteriskFiles.MODULES);
        Files.writeString(folder.resolve("asterisk.conf"), "[options]\nentityid = 00:11:22:33:44:01\n");
        Files.writeString(
                folder.resolve("xmpp.conf"),
                """
                [general]
                debug = yes
                [xmpp]
                type = component
                serverhost = 127.0.0.1
                port = %d
                username = %s
                secret = %s
                usetls = no
                usesasl = no
                distribute_events = yes
                pubsub_node = %s
                """
                        .formatted(prosody.componentPort(), ADDRESS, Prosody.SECRET, prosody.service()));
        return folder;
    }
}
