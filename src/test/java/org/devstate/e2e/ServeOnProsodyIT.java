// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** {@code devstatectl serve} with the component host beside a real Prosody, also over TLS and behind an nginx. */
final class ServeOnProsodyIT extends AdministrationTest
        implements ServeScenarios, ServeTlsScenarios, ServeBehindProxyScenarios, WebhookScenarios {

    @Override
    XmppServer startXmpp(Testbed servers, Path folder) {
        return Prosody.start(servers, folder, Path.of(System.getProperty("devstate.componentJar")));
    }
}
