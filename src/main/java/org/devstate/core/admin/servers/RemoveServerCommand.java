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
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.spi.Accounts;

/** {@code devstate-remove-server}: removes a server from its site, with its EIDs and all its entries. */
public final class RemoveServerCommand implements Command {

    private static final Form FORM = new Form(
            "Remove a server",
            "Its account is no longer admitted, its EIDs are free, and its devices take the offline state.",
            List.of(
                    ServerAccountFields.FIELD.mandatory(),
                    Field.yesNo(
                            "delete-account",
                            "Delete the account",
                            "Whether to delete its account, too. Default: false.")));

    private final Operations operations;
    private final Enrolment enrolment;

    public RemoveServerCommand(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
    }

    @Override
    public String node() {
        return "devstate-remove-server";
    }

    @Override
    public String title() {
        return "Remove a server";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::remove);
    }

    private Step remove(SubmittedForm entered) {
        Account account = ServerAccountFields.read(entered, "account", enrolment.domain());
        boolean deleteAccount = entered.yes("delete-account");
        ServerAccountFields.mustExist(entered, "account", account, operations.servers());
        if (account == null || !entered.isRight() || !expel(entered, account)) {
            return Step.InvalidForm.of(entered);
        }
        int entries = operations.servers().purge(account);
        List<Eid> eids = operations.servers().eids().stream()
                .filter(bound -> bound.account().equals(account))
                .map(Servers.Bound::eid)
                .toList();
        eids.forEach(operations.servers()::release);
        Result result = Result.done(
                title(), account + " is now in no site. EIDs freed: " + eids.size() + ". Entries removed: " + entries);
        return new Step.Done(deleteAccount ? result.with(delete(account)) : result);
    }

    private boolean expel(SubmittedForm entered, Account account) {
        Policy before;
        Policy after;
        do {
            before = operations.sites().policy();
            after = without(before, account);
            Site left = after.siteOf(account.jid());
            if (left != null) {
                entered.fault(
                        "account",
                        account + " matches the servers " + left.servers() + " of the site " + left.name()
                                + ", a glob that may match other accounts, too; narrow it first (devstate-edit-site)."
                                + " Nothing was changed; devstate-purge-server removes its entries");
                return false;
            }
        } while (!operations.sites().replace(before, after));
        return true;
    }

    private static Policy without(Policy policy, Account account) {
        Policy changed = policy;
        for (Site site : policy.sites()) {
            if (site.servers().accounts().contains(account)) {
                changed = changed.with(site.with(site.servers().without(account)));
            }
        }
        return changed;
    }

    private Note delete(Account account) {
        Accounts.AccountOutcome outcome = enrolment.accounts().delete(account);
        if (outcome instanceof Accounts.AccountOutcome.Failed failed) {
            return Note.warn("The account could not be deleted: " + failed.reason());
        }
        if (outcome instanceof Accounts.AccountOutcome.Elsewhere elsewhere) {
            return Note.warn(elsewhere.todo());
        }
        return Note.info(
                outcome instanceof Accounts.AccountOutcome.Changed
                        ? "The account is deleted"
                        : "There was no such account");
    }
}
