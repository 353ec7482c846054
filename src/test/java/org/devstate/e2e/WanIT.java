// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A site at the end of a line that goes dead, on both hosts. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // the two of them, and beside the other classes: most of it is waiting
final class WanIT {

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    final class ComponentOnProsody extends WanScenarios {

        @Override
        XmppServer startXmpp(Testbed testbed, Path folder) {
            return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    @EnabledIf(
            value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
            disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
    final class PluginInTigase extends WanScenarios {

        @Override
        XmppServer startXmpp(Testbed testbed, Path folder) {
            return Tigase.start(Tigase.home().orElseThrow(), folder);
        }
    }
}
