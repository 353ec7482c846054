package org.devstate.core.admin.history;

import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Operations;

/** {@code devstate-counters}: the counters of the service. */
public final class CountersCommand implements Command {

    private final Operations operations;

    public CountersCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-counters";
    }

    @Override
    public String title() {
        return "Show counters";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        Table.TableBuilder table = Table.of("counter").number("value").text("meaning");
        operations.history().counts().forEach(count -> table.row(count.name(), count.value(), count.meaning()));
        return new Step.Done(Result.of("Counters", table.build()));
    }
}
