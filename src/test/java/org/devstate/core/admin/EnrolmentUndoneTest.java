// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.model.Account;
import org.devstate.core.spi.Accounts;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that cannot be added leaves nothing behind, and removes nothing that was there before. */
final class EnrolmentUndoneTest {

    private static final String PARIS = "site paris\n servers alice@example.net\n publish allow *\n";
    private static final String ROME = "site rome\n eids any\n publish allow *\n";
    private static final String NEW_EID = "00:11:22:33:44:66";
    private static final Accounts.AccountOutcome FAILED = new Accounts.AccountOutcome.Failed("no database");

    private final ServiceFixture host = new ServiceFixture();
    private final Hindered accounts = new Hindered();
    private final Commands commands =
            Commands.of(host.service.administration(), Enrolment.at(ServiceFixture.SERVICE, accounts), jid -> true);

    @BeforeEach
    void setPolicy() {
        host.setPolicy(PARIS + ROME);
        host.publishState(ServiceFixture.ALICE, "SIP/1", Stanzas.EID_A, "INUSE");
    }

    /** Accounts that something comes in between of. */
    private static final class Hindered implements Accounts {

        private AccountOutcome outcome = new AccountOutcome.Changed();
        private Runnable meanwhile = () -> {};
        private final List<String> deleted = new ArrayList<>();

        @Override
        public AccountOutcome create(Account account, String password) {
            meanwhile.run();
            return outcome;
        }

        @Override
        public AccountOutcome setPassword(Account account, String password) {
            return outcome;
        }

        @Override
        public AccountOutcome delete(Account account) {
            deleted.add(account.text());
            return new AccountOutcome.Changed();
        }
    }

    private Step add(String site, String server, String eid) {
        Step.Stage asked = (Step.Stage) commands.begin(AdminFixture.ADMIN, "devstate-add-server");
        return commands.submit(
                AdminFixture.ADMIN,
                asked,
                Map.of("site", List.of(site), "server", List.of(server), "eid", List.of(eid)));
    }

    private static List<String> faults(Step step) {
        assertThat(step).isInstanceOf(Step.InvalidForm.class);
        return ((Step.InvalidForm) step).faults();
    }

    private List<String> bindings() {
        return host.service.administration().servers().eids().stream()
                .map(bound -> bound.eid() + " " + bound.account())
                .toList();
    }

    @Test
    void theEidIsFreedAndNoAccountIsDeletedIfNoneWasMade() {
        accounts.outcome = FAILED;

        assertThat(faults(add("paris", "pbx1", NEW_EID)))
                .containsExactly("server: the account could not be created: no database");
        assertThat(bindings()).containsExactly(Stanzas.EID_A + " alice@example.net");
        assertThat(accounts.deleted).isEmpty();
    }

    @Test
    void anEidThatItHadBeforeStaysItsOwn() {
        accounts.outcome = FAILED;

        assertThat(faults(add("paris", "alice", Stanzas.EID_A))).hasSize(1);
        assertThat(bindings()).containsExactly(Stanzas.EID_A + " alice@example.net");
    }

    @Test
    void theAccountIsDeletedIfTheSiteWasRemovedMeanwhile() {
        accounts.meanwhile = () -> host.setPolicy(PARIS.replace("paris", "lyon"));

        assertThat(faults(add("paris", "pbx1", NEW_EID)))
                .containsExactly("site: there is no site 'paris'; there are lyon");
        assertThat(accounts.deleted).containsExactly("pbx1@example.net");
        assertThat(bindings()).containsExactly(Stanzas.EID_A + " alice@example.net");
    }

    @Test
    void ifEveryEidMayBeUsedNoBindingIsReleased() {
        assertThat(add("rome", "pbx1", Stanzas.EID_A)).isInstanceOf(Step.Done.class);
        assertThat(bindings()).containsExactly(Stanzas.EID_A + " alice@example.net");

        accounts.outcome = FAILED;
        assertThat(faults(add("rome", "pbx2", Stanzas.EID_A))).hasSize(1);
        assertThat(bindings()).containsExactly(Stanzas.EID_A + " alice@example.net");
    }

    @Test
    void noAccountIsMadeForAnUnknownSite() {
        accounts.meanwhile = () -> {
            throw new AssertionError("an account is made");
        };

        assertThat(faults(add("nowhere", "pbx1", "")))
                .containsExactly("site: there is no site 'nowhere'; there are paris, rome");
    }
}
