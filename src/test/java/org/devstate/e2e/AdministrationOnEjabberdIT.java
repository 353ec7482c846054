// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Ejabberd;
import org.devstate.testbed.Ejabberd.Variant;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * devstatectl with the component host beside a real ejabberd: the commands about accounts, because all others are the same as with
 * Prosody.
 */
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for servers to start
@ResourceLock("AdministrationOnEjabberdIT") // its own tests one after another
final class AdministrationOnEjabberdIT extends AdministrationTest {

    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));

    @Override
    XmppServer startXmpp(Testbed servers, Path folder) {
        return Ejabberd.start(servers, folder, JAR);
    }

    /** The list that add-server gives to the account. */
    @ParameterizedTest
    @EnumSource
    void anEnrolledServerSurvivesTheAbsenceOfTheComponent(Release release) throws Exception {
        String name = "lone-" + release.name().toLowerCase(Locale.ROOT);
        administrator().does("add-site", name);
        Path files = Files.createTempDirectory(folder(), "enrolled").resolve(name);
        administrator().does("add-server", name, name, "--output-dir", files.toString());
        Ejabberd ejabberd = (Ejabberd) xmpp();
        try (Asterisk server = Asterisk.startEnrolled(Testbed.find(), release, folder(), name, 1, ejabberd, files)) {
            server.awaitConnected(Office.CONNECT);
            ejabberd.stopComponent(false);
            server.setDeviceState("Custom:agent1", "INUSE");
            Await.until(
                    "the answer of ejabberd would be here", Office.CONNECT, () -> server.cli("xmpp show connections")
                            .contains("Connected"));
            server.kill();
            server.restart();
            server.awaitConnected(Office.CONNECT);
            ejabberd.startComponent();
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(administrator().does("remove-server", name, "--delete-account", "--yes"))
                .contains("account is deleted");
    }

    @Test
    void withoutTheModuleAnAccountIsMadeByThePrintedCommands() {
        Path elsewhere = folder().resolve("without");
        try (Ejabberd plain =
                Ejabberd.start(Testbed.find(), elsewhere, JAR, HostSetup.USUAL, Variant.WITHOUT_ADMINISTRATION)) {
            plain.addAccount("admin");
            Administrator other = new Administrator(folder().resolve("other"), plain, "admin", "admin");
            other.does("add-site", "oslo");

            Outcome outcome = other.run("add-server", "oslo", "oslo1");

            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("ejabberdctl register oslo1 example.net ")
                    .contains("ejabberdctl privacy_set oslo1 example.net '<query")
                    .contains("mod_configure");
        }
    }
}
