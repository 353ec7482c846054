// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** Three real servers in three sites with different rules, on both hosts. */
@Tag("e2e")
final class SitesIT {

    private static final HostSetup SETUP = HostSetup.governed(SitesScenarios.POLICY);

    @Nested
    final class ComponentOnProsody extends SitesScenarios {

        @Override
        XmppServer startXmpp(Testbed testbed, Path folder) {
            return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")), SETUP);
        }
    }

    @Nested
    @EnabledIf(
            value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
            disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
    final class PluginInTigase extends SitesScenarios {

        @Override
        XmppServer startXmpp(Testbed testbed, Path folder) {
            return Tigase.start(Tigase.home().orElseThrow(), folder, SETUP);
        }
    }
}
