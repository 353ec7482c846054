package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.admin.form.Entered;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;

/** {@code devstate-clear-entry}: forgets what a server said of something, until it says something again. */
final class ClearEntryCommand implements Command {

    private static final Form FORM = new Form(
            "Clear an entry",
            "For all who knew of it the device is gone, or the mailbox empty. What its server says next counts again.",
            List.of(Items.NODE.mandatory(), Items.ID.mandatory(), Items.EID.mandatory()));

    private final Operations operations;

    ClearEntryCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-clear-entry";
    }

    @Override
    public String title() {
        return "Clear an entry by hand";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::clear);
    }

    private Step clear(Entered entered) {
        NodeType node = Items.node(entered);
        String id = Items.id(entered, node);
        Eid eid = Items.eid(entered);
        if (!entered.isRight() || node == null || eid == null) {
            return Step.Wrong.of(entered);
        }
        if (!operations.entries().clear(new ItemKey(node, id, eid))) {
            entered.fault("id", "the server of " + eid + " has said nothing of " + id);
            return Step.Wrong.of(entered);
        }
        return new Step.Done(Result.done(title(), id + " of " + eid + " is forgotten"));
    }
}
