// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.policy.text.PolicyWriter;

/** {@code devstate-export}: the whole policy as one text. */
public final class ExportCommand implements Command {

    private final Operations operations;

    public ExportCommand(Operations operations) {
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
