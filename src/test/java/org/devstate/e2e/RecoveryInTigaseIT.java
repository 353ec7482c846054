// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The plugin in a real Tigase, which is restarted. */
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
@Tag("long")
final class RecoveryInTigaseIT extends OfficeTest implements RecoveryScenarios {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Tigase.start(Tigase.home().orElseThrow(), folder);
    }

    /** The gate tells two logins apart. Other servers do not show the component that a session of the same full JID is a new one. */
    @Test
    void aServerThatReturnsAtOnceWithoutDistributeEventsIsShownAsConnectedButNotSubscribed() throws Exception {
        showsAServerWithoutDistributeEvents(true);
    }
}
