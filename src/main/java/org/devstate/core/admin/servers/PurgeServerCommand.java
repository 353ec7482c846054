// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ServerAccountFields;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Account;

/** {@code devstate-purge-server}: removes all entries of a server. */
public final class PurgeServerCommand implements Command {

    private static final Form FORM = new Form(
            "Purge a server",
            "Removes all entries of the server: subscribers receive the offline state of its devices, and empty mailboxes. It stays in"
                    + " its site, and its next publish counts again.",
            List.of(ServerAccountFields.FIELD.mandatory()));

    private final Operations operations;
    private final Enrolment enrolment;

    public PurgeServerCommand(Operations operations, Enrolment enrolment) {
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

    private Step purge(SubmittedForm entered) {
        Account account = ServerAccountFields.read(entered, "account", enrolment.domain());
        ServerAccountFields.mustExist(entered, "account", account, operations.servers());
        if (account == null || !entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        int count = operations.servers().purge(account);
        return new Step.Done(Result.done(title(), "Entries of " + account + " removed: " + count));
    }
}
