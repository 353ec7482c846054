// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** {@code devstatectl setup} on a copy of a real Tigase. */
@Tag("e2e")
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class SetupOnTigaseIT {

    private static final Path TIGASE = Tigase.home().orElse(Path.of(""));

    private final Testbed testbed = Testbed.find();
    private final Path folder = Office.FOLDER.resolve("SetupOnTigaseIT").toAbsolutePath();
    private final Path home = folder.resolve("tigase");
    private final SetupRuns setup = new SetupRuns(testbed, folder, "--tigase-home", home.toString());

    @Test
    void aFirstAsteriskPublishesAfterwardsAndEveryChangeCanBeUndone() throws Exception {
        InstallPlugin.recreate(folder);
        int port = Tigase.prepare(TIGASE, home);
        List<String> before = InstallPlugin.content(home);

        Outcome first = setup.firstRun();
        assertThat(first.out())
                .contains(
                        "missing  plugin with its schema files and tables",
                        "missing  certificate of example.net",
                        "+     'asterisk-server-host' = '127.0.0.1'",
                        "start Tigase (" + home + ")");
        assertThat(SetupRuns.modeOf(home.resolve("certs/example.net.pem"))).isEqualTo("rw-r-----");
        try (Tigase tigase = Tigase.startPrepared(home, port)) {
            setup.useIt(tigase);
        }
        setup.undo();
        assertThat(InstallPlugin.content(home)).isEqualTo(before);
    }
}
