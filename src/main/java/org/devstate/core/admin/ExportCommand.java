package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.access.PolicyWriter;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;

/** {@code devstate-export}: the whole policy as one text. */
final class ExportCommand implements Command {

    private final Operations operations;

    ExportCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-export";
    }

    @Override
    public String title() {
        return "Export the policy";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        String text = PolicyWriter.write(operations.sites().policy());
        Field policy = Field.lines("policy", "Policy", "").with(text.lines().toList());
        return new Step.Done(Result.of("Policy", List.of(policy)));
    }
}
