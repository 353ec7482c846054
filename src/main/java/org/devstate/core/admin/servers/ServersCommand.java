package org.devstate.core.admin.servers;

import java.util.List;
import java.util.Locale;
import org.devstate.core.admin.Command;
import org.devstate.core.admin.Operations;
import org.devstate.core.admin.Step;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.sites.SiteLookup;

/** {@code devstate-servers}: the servers of a site, or all of them. */
public final class ServersCommand implements Command {

    private static final Form FORM = new Form(
            "Servers",
            "Lists the servers of a site.",
            List.of(Field.text("site", "Site", "The name of a site. Empty (default): all servers.")));

    private final Operations operations;

    public ServersCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-servers";
    }

    @Override
    public String title() {
        return "List servers";
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
        Table.Builder table = Table.of("account", "site")
                .number("online", "not-subscribed", "eids", "entries", "publishes-per-s", "notifications-per-s")
                .duration("lag-ms");
        for (Servers.Server server : operations.servers().all()) {
            if (site.isEmpty() || server.site().equals(site)) {
                row(table, server);
            }
        }
        return new Step.Done(Result.of("Servers", table.build()));
    }

    private static void row(Table.Builder table, Servers.Server server) {
        table.row(
                server.account(),
                server.site(),
                server.load().online(),
                server.load().unsubscribed(),
                server.eids(),
                server.load().entries(),
                rate(server.load().traffic().publishRate()),
                rate(server.load().traffic().notificationRate()),
                server.load().traffic().lagMs());
    }

    /** So many a second, to the hundredth. */
    public static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.2f", perSecond);
    }
}
