// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.facts.ClusterFacts;
import org.devstate.core.admin.facts.FactGatherer;
import org.devstate.core.admin.facts.FactQuestion;
import org.devstate.core.admin.form.PerSecond;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.policy.Site;
import org.devstate.core.stats.Load;

/**
 * {@code devstate-servers}: the servers of a site, or all of them. {@code state} is {@code online} if the server has a session, subscribed
 * or not, at any node; {@code grace} if its last one has ended and its grace period is not over, with {@code grace-s} seconds left; else
 * {@code offline}.
 */
public final class ServersCommand extends SiteListCommand {

    private static final int MS = 1_000;

    private final FactGatherer gatherer;

    public ServersCommand(Operations operations) {
        super(
                operations,
                "Servers",
                "Lists the servers of a site.",
                "The name of a site. Empty (default): all servers.");
        this.gatherer = new FactGatherer(operations);
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
    Step list(String site) {
        return gatherer.gather(new FactQuestion.OfServers(), facts -> result(table(site, facts)));
    }

    private Table table(String site, ClusterFacts facts) {
        Table.TableBuilder table = Table.of("account", "site");
        if (gatherer.isCluster()) {
            table.text("node");
        }
        table.text("state").duration("grace-s");
        table.number("online", "not-subscribed", "eids", "entries", "publishes-per-s", "notifications-per-s")
                .duration("lag-ms");
        for (Servers.Server server : servers(facts)) {
            if (site.isEmpty() || server.site().equals(site)) {
                row(table, server, facts);
            }
        }
        return table.build();
    }

    /** Those of which this node knows an EID or entries, and those of which any node knows a session. */
    private Collection<Servers.Server> servers(ClusterFacts facts) {
        Map<Account, Servers.Server> servers = new TreeMap<>();
        for (Account account : facts.accounts()) {
            Site site = operations().sites().policy().siteOf(account.jid());
            servers.put(account, new Servers.Server(account, site == null ? "" : site.name(), 0, facts.load(account)));
        }
        operations().servers().all().forEach(server -> servers.put(server.account(), server));
        return servers.values();
    }

    /** How much is left of the grace period, in seconds; 0 if nothing is, or the server is connected. */
    private long graceS(Load load, long graceUntilMs) {
        long leftMs = graceUntilMs - operations().entries().nowMs();
        return load.online() + load.unsubscribed() > 0 || leftMs <= 0 ? 0 : (leftMs + MS - 1) / MS;
    }

    private void row(Table.TableBuilder table, Servers.Server server, ClusterFacts facts) {
        Load load = facts.load(server.account());
        List<Object> cells = new ArrayList<>(List.of(server.account(), server.site()));
        if (gatherer.isCluster()) {
            cells.add(facts.nodesOf(server.account()));
        }
        long graceS = graceS(load, facts.graceUntilMs(server.account()));
        cells.add(load.online() + load.unsubscribed() > 0 ? "online" : graceS > 0 ? "grace" : "offline");
        cells.add(graceS > 0 ? Long.toString(graceS) : "");
        cells.addAll(List.of(
                load.online(),
                load.unsubscribed(),
                server.eids(),
                server.load().entries(),
                PerSecond.format(load.traffic().publishRate()),
                PerSecond.format(load.traffic().notificationRate()),
                load.traffic().lagMs()));
        table.row(cells.toArray());
    }
}
