// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.devstate.testbed.PlainProsody;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code devstatectl setup} on a real Prosody as Debian installs it. */
@Tag("e2e")
final class SetupOnProsodyIT {

    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));

    private final Testbed testbed = Testbed.find();
    private final Path folder = Office.FOLDER.resolve("SetupOnProsodyIT").toAbsolutePath();

    @Test
    void aFirstAsteriskPublishesAfterwardsAndEveryChangeCanBeUndone() throws Exception {
        try (PlainProsody prosody = new PlainProsody(testbed, folder)) {
            Path config = prosody.configFolder();
            SetupRuns setup = new SetupRuns(
                    testbed,
                    folder,
                    "--config-dir",
                    config.toString(),
                    "--prosodyctl",
                    prosody.prosodyctl().toString());
            Map<String, String> before = SetupRuns.content(config);
            assertThat(setup.firstRun().out()).contains("missing  VirtualHost \"example.net\"");
            assertThat(SetupRuns.modeOf(config.resolve("conf.d/devstate.cfg.lua")))
                    .isEqualTo("rw-r-----");
            assertThat(SetupRuns.modeOf(config.resolve("certs/example.net.key")))
                    .isEqualTo("rw-r-----");
            assertThat(SetupRuns.modeOf(folder.resolve("own/component.conf"))).isEqualTo("rw-r-----");
            prosody.start();
            try (ServerProcess component = prosody.startComponent(JAR, folder.resolve("own/component.conf"))) {
                setup.useIt(prosody);
                assertThat(component.isAlive()).isTrue();
            }
            setup.undo();
            assertThat(SetupRuns.content(config)).isEqualTo(before);
        }
    }
}
