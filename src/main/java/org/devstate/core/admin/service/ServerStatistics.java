// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.requests.PublishActivity;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.Clock;
import org.devstate.core.stats.Load;
import org.devstate.core.stats.SiteFigures;
import org.devstate.core.stats.Traffic;

/** The present figures of each server and each site. Looks at accounts, sessions and outboxes, but at no entry. Thread-safe. */
public final class ServerStatistics {

    private final ServerDirectory directory;
    private final PublishActivity activity;
    private final SessionRegistry sessions;
    private final Clock clock;

    public ServerStatistics(
            ServerDirectory directory, PublishActivity activity, SessionRegistry sessions, Clock clock) {
        this.directory = directory;
        this.activity = activity;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The figures of the sessions of one account. */
    private static final class Tally {
        private int online;
        private int unsubscribed;
        private double notificationRate;
        private long oldestChangeMs = Long.MAX_VALUE;
    }

    /** All servers, in the order of their accounts. */
    List<Servers.Server> servers() {
        Map<Account, Integer> entries = directory.entries();
        Map<Account, Integer> eids = directory.eids();
        Map<Account, Tally> tallies = new TreeMap<>();
        directory.named().forEach(account -> of(tallies, account));
        eids.keySet().forEach(account -> of(tallies, account));
        entries.keySet().forEach(account -> of(tallies, account));
        sessions.subscribed().forEach(session -> countOnline(session, of(tallies, session.account())));
        sessions.unsubscribed().forEach(session -> of(tallies, session.account()).unsubscribed++);
        long nowMs = clock.wallMs();
        List<Servers.Server> servers = new ArrayList<>(tallies.size());
        tallies.forEach((account, tally) -> servers.add(new Servers.Server(
                account,
                directory.siteOf(account),
                eids.getOrDefault(account, 0),
                load(account, tally, entries.getOrDefault(account, 0), nowMs))));
        return servers;
    }

    private static Tally of(Map<Account, Tally> tallies, Account account) {
        return tallies.computeIfAbsent(account, added -> new Tally());
    }

    private void countOnline(Jid session, Tally tally) {
        tally.online++;
        tally.notificationRate += sessions.notificationsPerSecond(session);
        tally.oldestChangeMs = Math.min(tally.oldestChangeMs, sessions.oldestChangeMs(session));
    }

    private Load load(Account account, Tally tally, int entries, long nowMs) {
        long lagMs = Math.max(0, nowMs - Math.min(nowMs, tally.oldestChangeMs));
        Traffic traffic = new Traffic(activity.perSecond(account, nowMs), tally.notificationRate, lagMs);
        return new Load(tally.online, tally.unsubscribed, entries, traffic);
    }

    /** All sites, in the order of the policy. */
    public List<SiteFigures> sites() {
        Map<String, List<Load>> loads = new HashMap<>();
        servers().forEach(server -> loads.computeIfAbsent(server.site(), site -> new ArrayList<>())
                .add(server.load()));
        return directory.sites().stream()
                .map(site -> new SiteFigures(
                        site.name(),
                        Load.sum(loads.getOrDefault(site.name(), List.of())),
                        site.tuning().entries()))
                .toList();
    }
}
