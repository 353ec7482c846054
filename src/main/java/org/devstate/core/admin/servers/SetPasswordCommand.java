// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ServerAccountFields;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.policy.Site;
import org.devstate.core.spi.Accounts;

/**
 * {@code devstate-set-password}: a new password for the account of a server, and its configuration files anew. Nothing else of it changes.
 * The password is shown this once, and stored nowhere here.
 */
public final class SetPasswordCommand implements Command {

    private static final Form FORM = new Form(
            "Set a password",
            "Gives the account of a server a new password, and what to write into its configuration. Its EID and its site stay.",
            List.of(ServerAccountFields.FIELD.mandatory()));

    private final Operations operations;
    private final Enrolment enrolment;
    private final SecretGenerator secrets = new SecretGenerator();

    public SetPasswordCommand(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
    }

    @Override
    public String node() {
        return "devstate-set-password";
    }

    @Override
    public String title() {
        return "Set the password of a server";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::set);
    }

    private Step set(SubmittedForm entered) {
        Account account = ServerAccountFields.find(entered, "account", operations.servers(), enrolment.domain());
        ServerAccountFields.mustExist(entered, "account", account, operations.servers());
        if (account == null || !entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        String password = secrets.password();
        Accounts.AccountOutcome outcome = enrolment.accounts().setPassword(account, password);
        if (outcome instanceof Accounts.AccountOutcome.Failed failed) {
            entered.fault("account", "its password could not be changed: " + failed.reason());
        } else if (outcome instanceof Accounts.AccountOutcome.AsItWas) {
            entered.fault("account", "there is no account " + account + " at the XMPP server");
        }
        return entered.isRight() ? new Step.Done(result(account, password, outcome)) : Step.InvalidForm.of(entered);
    }

    private Result result(Account account, String password, Accounts.AccountOutcome outcome) {
        List<Eid> eids = operations.servers().eids().stream()
                .filter(bound -> bound.account().equals(account))
                .map(Servers.Bound::eid)
                .toList();
        Site site = operations.sites().policy().siteOf(account.jid());
        boolean done = outcome instanceof Accounts.AccountOutcome.Changed;
        List<String> todo =
                outcome instanceof Accounts.AccountOutcome.Elsewhere elsewhere ? List.of(elsewhere.todo()) : List.of();
        Field changed = Field.yesNo("password-changed", "Whether the account has the new password", "")
                .with(Boolean.toString(done));
        Result result = AsteriskConfig.result(
                enrolment, site == null ? "" : site.name(), account, eids, password, changed, todo);
        return done
                ? result.with(
                        Note.info(account + " has a new password; its Asterisk stays connected until it logs in again"))
                : result;
    }
}
