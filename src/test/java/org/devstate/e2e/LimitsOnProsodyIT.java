// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.util.Map;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** The limits of the component. */
final class LimitsOnProsodyIT extends LimitScenarios {

    @Override
    XmppServer startXmpp(Path folder, Map<String, Integer> limits) {
        return Prosody.start(
                Testbed.find(),
                folder,
                Path.of(System.getProperty("devstate.componentJar")),
                HostSetup.limited(limits));
    }
}
