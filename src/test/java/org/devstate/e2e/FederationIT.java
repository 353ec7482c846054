// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.Ejabberd;
import org.devstate.testbed.Federation;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A stranger on another real server, on both hosts; the component's beside two servers. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for answers
@ResourceLock("FederationIT") // its own tests one after another
final class FederationIT {

    @Nested
    final class ComponentOnProsody extends FederationScenarios {

        @Override
        XmppServer startXmpp(Testbed testbed, Path folder, Federation between) {
            return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")), between);
        }
    }

    @Nested
    final class ComponentOnEjabberd extends FederationScenarios {

        @Override
        XmppServer startXmpp(Testbed testbed, Path folder, Federation between) {
            return Ejabberd.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")), between);
        }
    }

    @Nested
    @EnabledIf(
            value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
            disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
    final class PluginInTigase extends FederationScenarios {

        @Override
        XmppServer startXmpp(Testbed testbed, Path folder, Federation between) {
            return Tigase.start(Tigase.home().orElseThrow(), folder, between);
        }

        @Override
        List<String> addresses() {
            return Stream.concat(
                            super.addresses().stream(),
                            Stream.of("pubsub@" + XmppServer.DOMAIN, "pubsub@" + XmppServer.DOMAIN + "/resource"))
                    .toList();
        }

        /** All settings of the plugin's bean. */
        @Override
        String hostSettings() {
            String form = Xml.write(AdminFixture.form("bean", "service"));
            return Xml.write(new CommandAnswer(admin().request(
                                    "set",
                                    "pubsub." + XmppServer.DOMAIN,
                                    command("bean-configurator", "execute", form)))
                    .form());
        }
    }
}
