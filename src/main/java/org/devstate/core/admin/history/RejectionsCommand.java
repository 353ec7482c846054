// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.stats.RejectionHistory;

/** {@code devstate-rejections}: the latest rejections. */
public final class RejectionsCommand implements Command {

    private final Operations operations;

    public RejectionsCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-rejections";
    }

    @Override
    public String title() {
        return "Show recent rejections";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        Table.TableBuilder table = Table.of().time("time").text("from", "node", "reason");
        for (RejectionHistory.Rejection rejection : operations.history().rejections()) {
            table.row(Utc.format(rejection.atMs()), rejection.from(), rejection.node(), rejection.reason());
        }
        return new Step.Done(Result.of("Recent rejections, the oldest first", table.build()));
    }
}
