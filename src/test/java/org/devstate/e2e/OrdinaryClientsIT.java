// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.util.List;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The commands by clients that know nothing of us, on both hosts. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for messages that a person would
// see
final class OrdinaryClientsIT {

    private static final HostSetup SETUP = HostSetup.governed(
            """
            site paris
                servers  pbx1@example.net
                publish  allow *
                receive  allow * *
            """);

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnAHost implements SmackScenarios, ProfanityScenarios {

        private XmppServer xmpp;

        abstract XmppServer start(Path folder);

        @BeforeAll
        void open() {
            xmpp = start(folder().resolve("server"));
            List.of("admin", "mallory").forEach(xmpp::addAccount);
        }

        @AfterAll
        void close() {
            if (xmpp != null) {
                xmpp.close();
            }
        }

        @Override
        public XmppServer xmpp() {
            return xmpp;
        }

        @Override
        public Path folder() {
            return Office.FOLDER.resolve("OrdinaryClientsIT").resolve(getClass().getSimpleName());
        }
    }

    @Nested
    final class ComponentOnProsody extends OnAHost {

        @Override
        XmppServer start(Path folder) {
            return Prosody.start(Testbed.find(), folder, Path.of(System.getProperty("devstate.componentJar")), SETUP);
        }
    }

    @Nested
    @EnabledIf(
            value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
            disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
    final class PluginInTigase extends OnAHost {

        @Override
        XmppServer start(Path folder) {
            return Tigase.start(Tigase.home().orElseThrow(), folder, SETUP);
        }
    }
}
