// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.condition.EnabledIf;

/** Programs that follow the changes of the plugin in a real Tigase. */
@EnabledIf(value = "tigaseIsThere", disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ChangeFeedInTigaseIT extends AdministrationTest implements ChangeFeedScenarios {

    static boolean tigaseIsThere() {
        return Tigase.home().isPresent();
    }

    @Override
    XmppServer startXmpp(Testbed servers, Path folder) {
        return Tigase.start(Tigase.home().orElseThrow(), folder);
    }
}
