// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.facts.FactGatherer;
import org.devstate.core.admin.fields.ServerAccountFields;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.SessionEnder;
import org.jspecify.annotations.Nullable;

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
    private final ServerSessions sessions;

    public ReconnectCommand(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
        this.sessions = new ServerSessions(operations);
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
        if (one && operations.nodes().all().isEmpty()) {
            ServerAccountFields.mustExist(entered, "account", account, operations.servers());
        }
        if (!entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        if (operations.nodes().all().isEmpty()) {
            return new Step.Later(result -> end(account, 0, result));
        }
        return new Step.Later(result -> operations
                .nodes()
                .ask(
                        ServerSessions.question(account),
                        (answers, silent) -> end(
                                account,
                                count(answers),
                                done -> result.accept(
                                        silent.isEmpty() ? done : done.with(FactGatherer.missing(silent))))));
    }

    private static int count(Map<String, List<String>> answers) {
        return answers.values().stream()
                .flatMap(List::stream)
                .filter(line -> line.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** @param elsewhere how many sessions have been ended at other nodes */
    private void end(@Nullable Account account, int elsewhere, Consumer<Result> result) {
        List<Jid> here = sessions.of(account);
        String done = "Sessions ended: " + (here.size() + elsewhere) + "; their servers log in again";
        if (account == null || !here.isEmpty()) {
            operations.servers().end(here, outcome -> report(outcome, done, result));
        } else if (elsewhere > 0) {
            result.accept(Result.done(title(), done));
        } else {
            // Only its XMPP server knows a session that has sent the service nothing.
            String unknown = "No session of " + account + " is known here; if its XMPP server had one, it is ended";
            operations.servers().end(List.of(account.jid()), outcome -> report(outcome, unknown, result));
        }
    }

    private void report(SessionEnder.EndOutcome outcome, String done, Consumer<Result> result) {
        if (outcome instanceof SessionEnder.EndOutcome.NotEnded failed) {
            result.accept(Result.of(title(), List.of()).with(Note.error(failed.reason())));
        } else {
            result.accept(Result.done(title(), done));
        }
    }
}
