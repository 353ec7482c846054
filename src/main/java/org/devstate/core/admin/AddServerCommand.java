package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.access.EidBindings;
import org.devstate.core.access.EidRule;
import org.devstate.core.access.Policy;
import org.devstate.core.access.Site;
import org.devstate.core.admin.form.Entered;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.model.Eid;
import org.devstate.core.spi.Accounts;
import org.jspecify.annotations.Nullable;

/**
 * {@code devstate-add-server}: one more server in a site, with its account, its EID and what to write into its configuration. The
 * password is shown this once, and kept nowhere here.
 */
final class AddServerCommand implements Command {

    private static final Form FORM = new Form(
            "Add a server",
            "Makes the account of a new Asterisk, puts it into a site, and gives what to write into its configuration.",
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
                                    + " Empty (default): one that nobody uses.")));

    private final Operations operations;
    private final Enrolment enrolment;
    private final Secrets secrets = new Secrets();

    AddServerCommand(Operations operations, Enrolment enrolment) {
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
        return Step.Stage.last(FORM, this::add);
    }

    private Step add(Entered entered) {
        String site = entered.text("site");
        String account = ServerAccounts.read(entered, "server", enrolment.domain());
        Eid eid = entered.text("eid").isEmpty() ? freeEid() : Items.serverEid(entered);
        if (!entered.isRight() || eid == null) {
            return Step.Wrong.of(entered);
        }
        Policy policy = Enrolling.enrol(entered, operations.sites().policy(), site, account, eid);
        if (policy == null) {
            return Step.Wrong.of(entered);
        }
        boolean bound = reserve(entered, policy.site(site), account, eid);
        if (!entered.isRight()) {
            return Step.Wrong.of(entered);
        }
        String password = secrets.password();
        Accounts.Outcome outcome = enrolment.accounts().create(account, password);
        if (outcome instanceof Accounts.Outcome.Failed failed) {
            entered.fault("server", "the account could not be made: " + failed.reason());
        }
        if (!entered.isRight() || !enrol(entered, site, account, eid)) {
            undo(account, eid, bound, outcome);
            return Step.Wrong.of(entered);
        }
        return new Step.Done(result(site, account, eid, password, outcome));
    }

    private Eid freeEid() {
        Eid eid = secrets.eid();
        while (operations.servers().isInUse(eid)) {
            eid = secrets.eid();
        }
        return eid;
    }

    /** Binds the EID to the account, unless the site lets any be used; tells whether it was free before. */
    private boolean reserve(Entered entered, @Nullable Site site, String account, Eid eid) {
        boolean own =
                operations.servers().eids().stream().anyMatch(each -> each.eid().equals(eid));
        if (site != null && site.eids() instanceof EidRule.Any) {
            return false;
        }
        EidBindings.Outcome outcome = operations.servers().bind(eid, account);
        if (outcome != EidBindings.Outcome.OWN) {
            entered.fault("eid", outcome.text() + "; devstate-eids lists them, devstate-reset-eid makes one free");
            return false;
        }
        return !own;
    }

    /** Others may change the policy at the same time. */
    private boolean enrol(Entered entered, String site, String account, Eid eid) {
        Policy before;
        Policy after;
        do {
            before = operations.sites().policy();
            after = Enrolling.enrol(entered, before, site, account, eid);
        } while (after != null && !operations.sites().replace(before, after));
        return after != null;
    }

    private void undo(String account, Eid eid, boolean bound, Accounts.Outcome outcome) {
        if (bound) {
            operations.servers().release(eid);
        }
        if (outcome instanceof Accounts.Outcome.Done) {
            enrolment.accounts().delete(account);
        }
    }

    private Result result(String site, String account, Eid eid, String newPassword, Accounts.Outcome outcome) {
        boolean there = outcome instanceof Accounts.Outcome.AsItWas;
        boolean made = outcome instanceof Accounts.Outcome.Done;
        String password = there ? "" : newPassword;
        List<String> todo = there
                ? List.of("The account " + account + " was there already: put its password into xmpp.conf, as secret.")
                : outcome instanceof Accounts.Outcome.Elsewhere elsewhere ? List.of(elsewhere.todo()) : List.of();
        Result result = Result.of(
                "The server " + account,
                List.of(
                        Field.text("account", "Account", "").with(account),
                        Field.text("password", "Password, shown this once", "").with(password),
                        Field.yesNo("account-created", "Whether the account was made", "")
                                .with(Boolean.toString(made)),
                        Field.text("eid", "EID", "").with(eid.toString()),
                        Field.text("site", "Site", "").with(site),
                        Field.lines("xmpp.conf", "xmpp.conf", "")
                                .with(AsteriskConfig.xmpp(enrolment, account, password)),
                        Field.lines("asterisk.conf", "asterisk.conf", "").with(AsteriskConfig.asterisk(eid)),
                        Field.lines("modules.conf", "modules.conf", "").with(AsteriskConfig.modules()),
                        Field.lines("checks", "Checks to run after", "").with(AsteriskConfig.checks(account, eid)),
                        Field.lines("todo", "Left to do", "").with(todo)));
        return result.with(Note.info(account + " is a server of the site " + site));
    }
}
