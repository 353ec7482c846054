package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.admin.form.Entered;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;

/** {@code devstate-purge-server}: forgets all that a server has said. */
final class PurgeServerCommand implements Command {

    private static final Form FORM = new Form(
            "Purge a server",
            "All that the server has said is forgotten: for all who knew of it its devices are gone, and its mailboxes empty. It stays in"
                    + " its site; what it says next counts again.",
            List.of(ServerAccounts.FIELD.mandatory()));

    private final Operations operations;
    private final Enrolment enrolment;

    PurgeServerCommand(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
    }

    @Override
    public String node() {
        return "devstate-purge-server";
    }

    @Override
    public String title() {
        return "Purge a server";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::purge);
    }

    private Step purge(Entered entered) {
        String account = ServerAccounts.read(entered, "account", enrolment.domain());
        ServerAccounts.mustExist(entered, "account", account, operations.servers());
        if (!entered.isRight()) {
            return Step.Wrong.of(entered);
        }
        int count = operations.servers().purge(account);
        return new Step.Done(Result.done(title(), "Entries of " + account + " that are forgotten: " + count));
    }
}
