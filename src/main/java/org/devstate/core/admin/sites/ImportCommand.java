// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.policy.text.PolicyWriter;

/** {@code devstate-import}: reads a whole policy as text, shows the differences, and then puts it in force. */
public final class ImportCommand implements Command {

    private static final Form FORM = new Form(
            "Import a policy",
            "The text replaces the whole policy. The next form shows the changes.",
            List.of(Field.lines("policy", "Policy", "The output of devstate-export.")
                    .mandatory()));

    private final Operations operations;

    public ImportCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-import";
    }

    @Override
    public String title() {
        return "Import a policy";
    }

    @Override
    public Step begin() {
        return Step.Stage.first(FORM, this::read);
    }

    private Step read(SubmittedForm entered) {
        PolicyParser.ParseResult result = PolicyParser.parse(String.join("\n", entered.allLines("policy")));
        if (result instanceof PolicyParser.ParseResult.InvalidPolicy wrong) {
            wrong.faults().forEach(fault -> entered.fault("policy", fault.toString()));
        }
        if (!entered.isRight() || !(result instanceof PolicyParser.ParseResult.Read read)) {
            return Step.InvalidForm.of(entered);
        }
        return show(operations.sites().policy(), read.policy(), List.of());
    }

    private Step.Stage show(Policy before, Policy after, List<Note> notes) {
        List<String> changes = Diff.of(lines(before), lines(after));
        Form form = new Form(
                "What would change",
                changes.isEmpty() ? "Nothing would change." : "Complete this to put the policy in force.",
                List.of(Field.fixed("diff", "- removed, + added", changes)));
        return new Step.Stage(form, true, notes, entered -> apply(before, after, entered));
    }

    private static List<String> lines(Policy policy) {
        return PolicyWriter.write(policy).lines().toList();
    }

    /** Applies exactly the policy that was shown. */
    private Step apply(Policy before, Policy after, SubmittedForm entered) {
        if (!entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        if (!operations.sites().replace(before, after)) {
            String text =
                    "Another administrator has changed the policy meanwhile, so nothing was saved. This is what would change";
            return show(operations.sites().policy(), after, List.of(Note.error(text)));
        }
        Result result = Result.done(
                title(), "The policy is in force; sites: " + after.sites().size());
        return new Step.Done(AddSiteCommand.withUnmatched(result, after));
    }
}
