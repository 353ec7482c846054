// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.nio.file.Path;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;

/** Beside a real Prosody. */
@Tag("long")
final class SurvivalOnProsodyIT extends SurvivalTest {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")), SETUP);
    }
}
