// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;

/** devstatectl with the component host beside a real Prosody. */
final class AdministrationOnProsodyIT extends AdministrationTest
        implements AccessScenarios,
                SiteCommandScenarios,
                EntryCommandScenarios,
                EnrolmentScenarios,
                WhyScenarios,
                RuleScenarios {

    @Override
    XmppServer startXmpp(Testbed servers, Path folder) {
        return Prosody.start(servers, folder, Path.of(System.getProperty("devstate.componentJar")));
    }

    /** Prosody reports beforehand that the account exists; otherwise the component's log would have an enrolment that is undone. */
    @Test
    void anAccountThatExistsIsNoticedBeforeTheServerIsEnrolled() {
        xmpp().addAccount("resident");
        administrator().does("add-site", "minsk");
        Outcome outcome = administrator().run("add-server", "minsk", "resident");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .contains(
                        "The account resident@example.net exists already", "nothing was changed", "--existing-account");
        administrator().does("add-server", "minsk", "newcomer");
        assertThat(((Prosody) xmpp()).component().log())
                .as("the component's log")
                .contains("newcomer@example.net")
                .doesNotContain("resident@example.net");
        administrator().does("remove-server", "newcomer", "--delete-account", "--yes");
        administrator().does("remove-site", "minsk", "--yes");
    }
}
