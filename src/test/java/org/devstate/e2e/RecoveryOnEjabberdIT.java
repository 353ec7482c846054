// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Ejabberd;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The component beside a real ejabberd, each restarted, with the configuration and the privacy lists of the guide. */
@Tag("long")
final class RecoveryOnEjabberdIT extends OfficeTest implements RecoveryScenarios {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Ejabberd.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    @Test
    void afterEachRestartOfTheComponentAllServersAreRightWithinTenSeconds() {
        restart("component", meanwhile -> office().xmpp().restartService(meanwhile));
    }
}
