// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Eid;

/** {@code devstate-reset-eid}: makes an EID free for another account. */
public final class ResetEidCommand implements Command {

    private static final Form FORM = new Form(
            "Reset an EID",
            "The EID then belongs to the account that uses it next. Its entries stay until then.",
            List.of(ItemFields.EID.mandatory()));

    private final Operations operations;

    public ResetEidCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-reset-eid";
    }

    @Override
    public String title() {
        return "Reset an EID";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::reset);
    }

    private Step reset(SubmittedForm entered) {
        Eid eid = ItemFields.eid(entered);
        if (eid != null && !operations.servers().release(eid)) {
            entered.fault("eid", eid + " belongs to no account");
        }
        if (eid == null || !entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        return new Step.Done(Result.done(title(), "The EID " + eid + " is now free"));
    }
}
