// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.PerSecond;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.policy.Site;
import org.devstate.core.stats.Load;

/** {@code devstate-sites}: all sites, each with the figures of its servers. */
public final class SitesCommand implements Command {

    private final Operations operations;

    public SitesCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-sites";
    }

    @Override
    public String title() {
        return "List sites";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        Table.TableBuilder table = Table.of("site", "suspended")
                .number(
                        "servers",
                        "online",
                        "not-subscribed",
                        "eids",
                        "entries",
                        "publishes-per-s",
                        "notifications-per-s")
                .duration("lag-ms");
        List<Servers.Server> servers = operations.servers().all();
        for (Site site : operations.sites().policy().sites()) {
            row(
                    table,
                    site,
                    servers.stream()
                            .filter(server -> server.site().equals(site.name()))
                            .toList());
        }
        return new Step.Done(Result.of("Sites", table.build()));
    }

    private static void row(Table.TableBuilder table, Site site, List<Servers.Server> own) {
        Load load = Load.sum(own.stream().map(Servers.Server::load).toList());
        table.row(
                site.name(),
                site.tuning().suspension().word(),
                own.size(),
                own.stream().filter(server -> server.load().online() > 0).count(),
                own.stream().filter(server -> server.load().unsubscribed() > 0).count(),
                own.stream().mapToInt(Servers.Server::eids).sum(),
                load.entries(),
                PerSecond.format(load.traffic().publishRate()),
                PerSecond.format(load.traffic().notificationRate()),
                load.traffic().lagMs());
    }
}
