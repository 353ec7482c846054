// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.util.Map;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.condition.EnabledIf;

/** The limits of the plugin. */
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class LimitsInTigaseIT extends LimitScenarios {

    @Override
    XmppServer startXmpp(Path folder, Map<String, Integer> limits) {
        return Tigase.start(Tigase.home().orElseThrow(), folder, HostSetup.limited(limits));
    }
}
