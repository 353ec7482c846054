// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.testbed.PlainEjabberd;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code devstatectl setup} on a real ejabberd as Debian installs it. */
@Tag("e2e")
final class SetupOnEjabberdIT {

    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));

    private final Testbed testbed = Testbed.find();
    private final Path folder = Office.FOLDER.resolve("SetupOnEjabberdIT").toAbsolutePath();

    @Test
    @Timeout(600) // ejabberdctl starts an Erlang of its own some twenty times
    void aFirstAsteriskPublishesAfterwardsAndEveryChangeCanBeUndone() throws Exception {
        try (PlainEjabberd ejabberd = new PlainEjabberd(testbed, folder)) {
            Path config = ejabberd.configFolder();
            SetupRuns setup = new SetupRuns(
                    testbed,
                    folder,
                    "--config-dir",
                    config.toString(),
                    "--ejabberdctl",
                    ejabberd.ejabberdctl().toString());
            Map<String, String> before = SetupRuns.content(config);
            assertNothingChanges(setup, config, "start it first", "nodedown");
            ejabberd.start();
            assertARejectedConfigurationIsRestored(setup, config);

            Outcome first = setup.firstRun();
            assertThat(first.out())
                    .contains("missing  host example.net", "ok       clients connect with TLS")
                    .doesNotContain("restart ejabberd");
            assertThat(SetupRuns.modeOf(config.resolve("example.net.pem"))).isEqualTo("rw-r-----");
            try (ServerProcess component = ejabberd.startComponent(JAR, folder.resolve("own/component.conf"))) {
                setup.useIt(ejabberd);
                assertThat(component.isAlive()).isTrue();
            }
            setup.undo();
            assertThat(SetupRuns.content(config)).isEqualTo(before);
        }
    }

    /** The running server rejects it at the reload, and goes on with the one before. */
    private static void assertARejectedConfigurationIsRestored(SetupRuns setup, Path config) throws Exception {
        Path file = config.resolve("ejabberd.yml");
        String valid = Files.readString(file);
        Files.writeString(file, valid.replace("mod_version: {}", "mod_versoin: {}"));
        assertNothingChanges(
                setup,
                config,
                "ejabberd rejects the configuration",
                "mod_versoin",
                "All changes of this run were undone");
        Files.writeString(file, valid);
    }

    private static void assertNothingChanges(SetupRuns setup, Path config, String... reasons) throws Exception {
        Map<String, String> before = SetupRuns.content(config);
        Outcome rejected = setup.setup("--yes");
        assertThat(rejected.status()).as("%s", rejected).isEqualTo(Failure.REJECTED);
        assertThat(rejected.err()).contains(reasons);
        assertThat(SetupRuns.content(config)).isEqualTo(before);
    }
}
