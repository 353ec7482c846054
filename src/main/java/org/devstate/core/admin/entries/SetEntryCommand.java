// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.entries;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;

/** {@code devstate-set-entry}: sets an entry in the place of its server, until that publishes it again. */
public final class SetEntryCommand implements Command {

    private static final Form FORM = new Form(
            "Set an entry",
            "Its audience receives the value. The next publish of its server counts again.",
            List.of(
                    ItemFields.NODE.mandatory(),
                    ItemFields.ID.mandatory(),
                    ItemFields.EID.mandatory(),
                    Field.text(
                                    "value",
                                    "Value",
                                    "A device state such as INUSE; of a mailbox, new and old messages such as 2/0.")
                            .mandatory()));

    private final Operations operations;

    public SetEntryCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-set-entry";
    }

    @Override
    public String title() {
        return "Set an entry by hand";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::set);
    }

    private Step set(SubmittedForm entered) {
        NodeType node = ItemFields.node(entered);
        String id = ItemFields.id(entered, node);
        Eid eid = ItemFields.eid(entered);
        Value value = ItemFields.value(entered, node);
        if (!entered.isRight() || node == null || eid == null || value == null) {
            return Step.InvalidForm.of(entered);
        }
        Entries.SetOutcome setting =
                operations.entries().set(new ItemKey(node, id, eid), value, Account.of(entered.administrator()));
        String what = id + " of " + eid;
        switch (setting) {
            case NO_SERVER -> entered.fault("eid", "no account has the EID " + eid + "; devstate-eids lists them");
            case FULL -> entered.fault("its server has as many devices and mailboxes as it may have");
            case DROPPED ->
                entered.fault("id", "a publish rule of its server's site drops " + id + "; devstate-explain names it");
            default -> {
                String verb = setting == Entries.SetOutcome.SAME ? " was " : " is now ";
                return new Step.Done(Result.done(title(), what + verb + ItemFields.text(value)));
            }
        }
        return Step.InvalidForm.of(entered);
    }
}
