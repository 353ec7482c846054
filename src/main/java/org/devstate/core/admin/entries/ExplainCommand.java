// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.entries;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.fields.SiteLookup;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Decision;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.hints.CaseHints;

/** {@code devstate-explain}: whether an item of one site reaches another, and which line of the policy decides. */
public final class ExplainCommand implements Command {

    private static final Form FORM = new Form(
            "Explain",
            "Shows whether the state of a device or mailbox of one site reaches the servers of another, and why.",
            List.of(
                    Field.text("from", "From site", "The site of the publisher.")
                            .mandatory(),
                    Field.text("to", "To site", "The site of the subscribers.").mandatory(),
                    ItemFields.NODE.mandatory(),
                    ItemFields.ID.mandatory()));

    private final Operations operations;

    public ExplainCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-explain";
    }

    @Override
    public String title() {
        return "Explain which site receives what";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::explain);
    }

    private Step explain(SubmittedForm entered) {
        Policy policy = operations.sites().policy();
        Site from = SiteLookup.find(entered, "from", policy);
        Site to = SiteLookup.find(entered, "to", policy);
        NodeType node = ItemFields.node(entered);
        String id = ItemFields.id(entered, node);
        if (!entered.isRight() || from == null || to == null || node == null) {
            return Step.InvalidForm.of(entered);
        }
        Decision decision = Policy.reaches(from, to, node, id);
        Result result = Result.of(
                "Explanation",
                List.of(
                        Field.yesNo("allowed", "Allowed", "").with(Boolean.toString(decision.allowed())),
                        Field.text("because", "Because", "").with(decision.because())));
        for (String hint : CaseHints.ofRules(from, to, node, id)) {
            result = result.with(Note.warn(hint));
        }
        return new Step.Done(result);
    }
}
