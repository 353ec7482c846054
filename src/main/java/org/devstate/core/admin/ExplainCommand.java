package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.access.Decision;
import org.devstate.core.access.Policy;
import org.devstate.core.access.Site;
import org.devstate.core.access.hints.CaseHints;
import org.devstate.core.admin.form.Entered;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.model.NodeType;

/** {@code devstate-explain}: whether an item of one site reaches another, and which line of the policy decides. */
final class ExplainCommand implements Command {

    private static final Form FORM = new Form(
            "Explain",
            "Says whether what a server of one site tells of a device or mailbox reaches the servers of another, and why.",
            List.of(
                    Field.text("from", "From site", "The site whose server tells.")
                            .mandatory(),
                    Field.text("to", "To site", "The site whose servers are to hear.")
                            .mandatory(),
                    Items.NODE.mandatory(),
                    Items.ID.mandatory()));

    private final Operations operations;

    ExplainCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-explain";
    }

    @Override
    public String title() {
        return "Explain who hears what";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::explain);
    }

    private Step explain(Entered entered) {
        Policy policy = operations.sites().policy();
        Site from = SiteLookup.find(entered, "from", policy);
        Site to = SiteLookup.find(entered, "to", policy);
        NodeType node = Items.node(entered);
        String id = Items.id(entered, node);
        if (!entered.isRight() || from == null || to == null || node == null) {
            return Step.Wrong.of(entered);
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
