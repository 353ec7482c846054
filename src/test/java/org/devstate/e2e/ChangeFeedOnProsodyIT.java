// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** Programs that follow the changes of the component host beside a real Prosody. */
final class ChangeFeedOnProsodyIT extends AdministrationTest implements ChangeFeedScenarios {

    @Override
    XmppServer startXmpp(Testbed servers, Path folder) {
        return Prosody.start(servers, folder, Path.of(System.getProperty("devstate.componentJar")));
    }
}
