package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.admin.form.Entered;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.model.Eid;

/** {@code devstate-reset-eid}: makes an EID free for another account. */
final class ResetEidCommand implements Command {

    private static final Form FORM = new Form(
            "Reset an EID",
            "The EID then belongs to the account that uses it next. What is known of it stays until then.",
            List.of(Items.EID.mandatory()));

    private final Operations operations;

    ResetEidCommand(Operations operations) {
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

    private Step reset(Entered entered) {
        Eid eid = Items.eid(entered);
        if (eid != null && !operations.servers().release(eid)) {
            entered.fault("eid", eid + " belongs to no account");
        }
        if (eid == null || !entered.isRight()) {
            return Step.Wrong.of(entered);
        }
        return new Step.Done(Result.done(title(), "The EID " + eid + " belongs to nobody now"));
    }
}
