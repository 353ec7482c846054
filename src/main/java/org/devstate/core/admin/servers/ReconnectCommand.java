package org.devstate.core.admin.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
import org.devstate.core.model.Jid;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.spi.SessionEnder;

/** {@code devstate-reconnect}: has servers log in again, so that they publish all their states and subscribe. */
public final class ReconnectCommand implements Command {

    private static final Form FORM = new Form(
            "Reconnect servers",
            "Ends the sessions of a server, or of all, so that Asterisk logs in again, publishes all its states and subscribes.",
            List.of(
                    ServerAccountFields.FIELD,
                    Field.yesNo("all", "All servers", "In place of one account. Default: false."),
                    Field.yesNo("confirm", "Really", "Must be true for all servers.")));

    private final Operations operations;
    private final Enrolment enrolment;

    public ReconnectCommand(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
    }

    @Override
    public String node() {
        return "devstate-reconnect";
    }

    @Override
    public String title() {
        return "Reconnect servers";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::reconnect);
    }

    private Step reconnect(SubmittedForm entered) {
        boolean all = entered.yes("all");
        boolean one = !entered.text("account").isEmpty();
        if (all == one) {
            entered.fault("account", "give either one account or all");
        } else if (all && !entered.yes("confirm")) {
            entered.fault("confirm", "must be true, or nothing is done");
        }
        Account account = one ? ServerAccountFields.read(entered, "account", enrolment.domain()) : null;
        if (one) {
            ServerAccountFields.mustExist(entered, "account", account, operations.servers());
        }
        if (!entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        return account == null ? end(ofAllServers()) : end(account);
    }

    private Step end(Account account) {
        List<Jid> sessions = of(account);
        if (!sessions.isEmpty()) {
            return end(sessions);
        }
        // Only its XMPP server knows a session that has sent the service nothing.
        return end(
                List.of(account.jid()),
                "No session of " + account + " is known here; if its XMPP server had one, it is ended");
    }

    private Step end(List<Jid> sessions) {
        return end(sessions, "Sessions ended: " + sessions.size() + "; their servers log in again");
    }

    private Step end(List<Jid> sessions, String done) {
        return new Step.Later(result -> operations.servers().end(sessions, outcome -> report(outcome, done, result)));
    }

    private void report(SessionEnder.EndOutcome outcome, String done, Consumer<Result> result) {
        if (outcome instanceof SessionEnder.EndOutcome.NotEnded failed) {
            result.accept(Result.of(title(), List.of()).with(Note.error(failed.reason())));
        } else {
            result.accept(Result.done(title(), done));
        }
    }

    private List<Jid> of(Account account) {
        AccountSessions sessions = operations.servers().sessions(account);
        List<Jid> all = new ArrayList<>(sessions.subscribed());
        all.addAll(sessions.unsubscribed());
        return all;
    }

    /** Leaves out accounts that a glob admits and that have never published or subscribed: they may not be an Asterisk's. */
    private List<Jid> ofAllServers() {
        return operations.servers().all().stream()
                .filter(server -> server.eids() > 0
                        || server.load().entries() > 0
                        || server.load().online() > 0
                        || isNamed(server))
                .flatMap(server -> of(server.account()).stream())
                .toList();
    }

    private boolean isNamed(Servers.Server server) {
        return operations.sites().policy().sites().stream()
                .anyMatch(site -> site.servers().accounts().contains(server.account()));
    }
}
