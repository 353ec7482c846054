package org.devstate.core.admin.servers;

import org.devstate.core.admin.form.PerSecond;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;

/** {@code devstate-servers}: the servers of a site, or all of them. */
public final class ServersCommand extends SiteListCommand {

    public ServersCommand(Operations operations) {
        super(
                operations,
                "Servers",
                "Lists the servers of a site.",
                "The name of a site. Empty (default): all servers.");
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
    Table list(String site) {
        Table.TableBuilder table = Table.of("account", "site")
                .number("online", "not-subscribed", "eids", "entries", "publishes-per-s", "notifications-per-s")
                .duration("lag-ms");
        for (Servers.Server server : operations().servers().all()) {
            if (site.isEmpty() || server.site().equals(site)) {
                row(table, server);
            }
        }
        return table.build();
    }

    private static void row(Table.TableBuilder table, Servers.Server server) {
        table.row(
                server.account(),
                server.site(),
                server.load().online(),
                server.load().unsubscribed(),
                server.eids(),
                server.load().entries(),
                PerSecond.format(server.load().traffic().publishRate()),
                PerSecond.format(server.load().traffic().notificationRate()),
                server.load().traffic().lagMs());
    }
}
