package org.devstate.core.admin.servers;

import java.util.List;
import org.devstate.core.admin.Command;
import org.devstate.core.admin.Operations;
import org.devstate.core.admin.Step;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.sites.SiteLookup;

/** {@code devstate-eids}: the account of each EID. */
public final class EidsCommand implements Command {

    private static final Form FORM = new Form(
            "EIDs",
            "Lists which account each EID belongs to.",
            List.of(Field.text("site", "Site", "The name of a site. Empty (default): all.")));

    private final Operations operations;

    public EidsCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-eids";
    }

    @Override
    public String title() {
        return "List EIDs";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::list);
    }

    private Step list(SubmittedForm entered) {
        SiteLookup.find(entered, "site", operations.sites().policy());
        if (!entered.isRight()) {
            return Step.Wrong.of(entered);
        }
        String site = entered.text("site");
        Table.Builder table = Table.of("eid", "account", "site");
        for (Servers.Bound bound : operations.servers().eids()) {
            if (site.isEmpty() || bound.site().equals(site)) {
                table.row(bound.eid(), bound.account(), bound.site());
            }
        }
        return new Step.Done(Result.of("EIDs", table.build()));
    }
}
