// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ItemFields;
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
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.EidRule;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.spi.Accounts;
import org.jspecify.annotations.Nullable;

/**
 * {@code devstate-add-server}: one more server in a site, with its account, its EID and the lines of its configuration. The password is
 * shown this once, and stored nowhere here.
 */
public final class AddServerCommand implements Command {

    private static final Form FORM = new Form(
            "Add a server",
            "Makes the account of a new Asterisk, puts it into a site, and shows its configuration files.",
            List.of(
                    Field.text("site", "Site", "The name of the site.").mandatory(),
                    Field.text(
                                    "server",
                                    "Server",
                                    "The name of its account, such as pbx1; or the account, such as pbx1@example.net.")
                            .mandatory(),
                    Field.text(
                            "eid",
                            "EID",
                            "Six hex bytes such as 00:11:22:33:44:5a, for entityid of its asterisk.conf."
                                    + " Empty (default): a new unused one."),
                    Field.yesNo(
                            "existing-account",
                            "The account exists already",
                            "Whether to use an account that exists at the XMPP server; its password stays as it is. Default: false.")));

    private final Operations operations;
    private final Enrolment enrolment;
    private final SecretGenerator secrets = new SecretGenerator();

    public AddServerCommand(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
    }

    @Override
    public String node() {
        return "devstate-add-server";
    }

    @Override
    public String title() {
        return "Add a server";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(enrolment.accounts().areElsewhere() ? elsewhere() : FORM, this::add);
    }

    /** Names the place of the account, so that a client can check there first whether it exists. */
    private Form elsewhere() {
        List<Field> fields = new ArrayList<>(FORM.fields());
        fields.add(Field.fixed(
                "accounts-at", "The XMPP server at which you create the account", List.of(enrolment.domain())));
        return new Form(FORM.title(), FORM.instructions(), fields);
    }

    private Step add(SubmittedForm entered) {
        String site = entered.text("site");
        Account account = ServerAccountFields.read(entered, "server", enrolment.domain());
        boolean existing = entered.yes("existing-account");
        Servers.Bound siteless = existing ? siteless(account) : null;
        Eid given = siteless == null ? freeEid() : siteless.eid();
        Eid eid = entered.text("eid").isEmpty() ? given : ItemFields.serverEid(entered);
        if (siteless == null) {
            rejectKnown(entered, account);
        }
        if (account == null || eid == null || !entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        Policy policy = SiteMembership.enrol(entered, operations.sites().policy(), site, account, eid);
        if (policy == null) {
            return Step.InvalidForm.of(entered);
        }
        boolean bound = reserve(entered, policy.site(site), account, eid);
        if (!entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        String password = secrets.password();
        Accounts.AccountOutcome outcome = existing
                ? new Accounts.AccountOutcome.AsItWas()
                : enrolment.accounts().create(account, password);
        if (outcome instanceof Accounts.AccountOutcome.Failed failed) {
            entered.fault("server", "the account could not be created: " + failed.reason());
        } else if (outcome instanceof Accounts.AccountOutcome.AsItWas && !existing) {
            entered.fault(
                    "server",
                    "the account " + account
                            + " exists already, and its password is not known here, so nothing was changed."
                            + " Set existing-account to use it as it is (devstatectl add-server --existing-account)");
        }
        if (!entered.isRight() || !enrol(entered, site, account, eid)) {
            undo(account, eid, bound, outcome);
            return Step.InvalidForm.of(entered);
        }
        return new Step.Done(result(site, account, eid, password, outcome));
    }

    /** The EID of a server whose site was removed, or that was taken out of it; {@code null} if there is none. */
    private Servers.@Nullable Bound siteless(@Nullable Account account) {
        return operations.servers().eids().stream()
                .filter(bound -> bound.account().equals(account) && bound.site().isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** One that has an EID is a server already: a second EID, and a password that is not the account's, would do harm. */
    private void rejectKnown(SubmittedForm entered, @Nullable Account account) {
        for (Servers.Bound bound : operations.servers().eids()) {
            if (bound.account().equals(account) && entered.isRight()) {
                entered.fault(
                        "server",
                        account + " is a server already, with the EID " + bound.eid()
                                + (bound.site().isEmpty() ? ", in no site" : ", in the site " + bound.site())
                                + "; nothing was changed. "
                                + (bound.site().isEmpty()
                                        ? "Set existing-account to put it into this site (devstatectl add-server --existing-account)"
                                        : "devstate-set-password gives it a new password and shows its files again"));
            }
        }
    }

    private Eid freeEid() {
        Eid eid = secrets.eid();
        while (operations.servers().isInUse(eid)) {
            eid = secrets.eid();
        }
        return eid;
    }

    /** Binds the EID to the account, unless the site admits any. Returns whether it was free before. */
    private boolean reserve(SubmittedForm entered, @Nullable Site site, Account account, Eid eid) {
        boolean own =
                operations.servers().eids().stream().anyMatch(each -> each.eid().equals(eid));
        if (site != null && site.eids() instanceof EidRule.Any) {
            return false;
        }
        EidBindings.EidOutcome outcome = operations.servers().bind(eid, account);
        if (outcome != EidBindings.EidOutcome.OWN) {
            entered.fault("eid", outcome.text() + "; devstate-eids lists them, devstate-reset-eid makes one free");
            return false;
        }
        return !own;
    }

    /** Others may change the policy at the same time. */
    private boolean enrol(SubmittedForm entered, String site, Account account, Eid eid) {
        Policy before;
        Policy after;
        do {
            before = operations.sites().policy();
            after = SiteMembership.enrol(entered, before, site, account, eid);
        } while (after != null && !operations.sites().replace(before, after));
        return after != null;
    }

    private void undo(Account account, Eid eid, boolean bound, Accounts.AccountOutcome outcome) {
        if (bound) {
            operations.servers().release(eid);
        }
        if (outcome instanceof Accounts.AccountOutcome.Changed) {
            enrolment.accounts().delete(account);
        }
    }

    private Result result(String site, Account account, Eid eid, String newPassword, Accounts.AccountOutcome outcome) {
        boolean there = outcome instanceof Accounts.AccountOutcome.AsItWas;
        boolean made = outcome instanceof Accounts.AccountOutcome.Changed;
        List<String> todo = there
                ? List.of("Put the password of the account " + account + " into xmpp.conf, as secret.")
                : outcome instanceof Accounts.AccountOutcome.Elsewhere elsewhere
                        ? List.of(elsewhere.todo())
                        : List.of();
        Field created = Field.yesNo("account-created", "Whether the account was created", "")
                .with(Boolean.toString(made));
        return AsteriskConfig.result(enrolment, site, account, List.of(eid), there ? "" : newPassword, created, todo)
                .with(Note.info(account + " is a server of the site " + site));
    }
}
