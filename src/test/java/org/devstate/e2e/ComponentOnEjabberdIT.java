// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Ejabberd;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;

/** The component host beside a real ejabberd. */
final class ComponentOnEjabberdIT extends OfficeTest
        implements SharingScenarios, LivenessScenarios, HiddenPresenceScenarios {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Ejabberd.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    @Test
    void anAccountWithoutThePrivacyListIsNamedInTheLog() {
        Ejabberd ejabberd = (Ejabberd) office().xmpp();
        ejabberd.addUnprotectedAccount("pbx7");
        try (Asterisk unprotected = office().start(Release.V22, 7)) {
            unprotected.awaitConnected(Office.CONNECT);
            Await.until("the component warns", Duration.ofSeconds(5), () -> ejabberd.component()
                    .log()
                    .contains("pbx7@example.net has no privacy list in ejabberd"));
        }
        assertThat(ejabberd.component().log()).doesNotContain("pbx1@example.net has no privacy list");
    }
}
