package org.devstate.core.admin;

import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.stats.Audit;

/** {@code devstate-refusals}: what was refused last. */
final class RefusalsCommand implements Command {

    private final Operations operations;

    RefusalsCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-refusals";
    }

    @Override
    public String title() {
        return "Show recent refusals";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        Table.Builder table = Table.of("time", "from", "node", "reason");
        for (Audit.Refusal refusal : operations.journal().refusals()) {
            table.row(Utc.format(refusal.atMs()), refusal.from(), refusal.node(), refusal.reason());
        }
        return new Step.Done(Result.of("Recent refusals, the oldest first", table.build()));
    }
}
