// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** Beside a real Prosody. */
final class EnduranceOnProsodyIT extends EnduranceTest {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")), SurvivalTest.SETUP);
    }

    @Override
    void assertRuns(XmppServer running) {
        Prosody prosody = (Prosody) running;
        assertThat(prosody.isAlive()).as("Prosody runs").isTrue();
        assertThat(prosody.component().connections())
                .as("connections of the component")
                .isEqualTo(1);
    }
}
