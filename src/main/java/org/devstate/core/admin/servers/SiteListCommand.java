// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.SiteLookup;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Operations;

/** A command that lists something of one site, or of all. */
abstract class SiteListCommand implements Command {

    private final Operations operations;
    private final Form form;

    /** A command whose form has this title and these instructions, and a field for the site with this explanation. */
    SiteListCommand(Operations operations, String title, String instructions, String siteField) {
        this.operations = operations;
        this.form = new Form(title, instructions, List.of(Field.text("site", "Site", siteField)));
    }

    /** The step that lists {@code site}; empty for all sites. */
    abstract Step list(String site);

    final Result result(Table table) {
        return Result.of(form.title(), table);
    }

    final Operations operations() {
        return operations;
    }

    @Override
    public final boolean isReadOnly() {
        return true;
    }

    @Override
    public final Step begin() {
        return Step.Stage.last(form, this::answer);
    }

    private Step answer(SubmittedForm entered) {
        SiteLookup.find(entered, "site", operations.sites().policy());
        if (!entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        return list(entered.text("site"));
    }
}
