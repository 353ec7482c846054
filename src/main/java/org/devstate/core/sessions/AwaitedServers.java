// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.devstate.core.entries.StoredEntries;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/** The servers that published before a restart, until they have published again or their grace period is over. Thread-safe. */
public final class AwaitedServers {

    /**
     * How much longer the servers are awaited in a cluster: they may be connected to other nodes, and this one knows that when it has joined
     * them, which takes Tigase up to 20 s.
     */
    private static final long JOIN_MS = 30_000;

    private final StoredEntries entries;
    private final Leases leases;
    private final ActivePolicy activePolicy;
    private final Scheduler scheduler;
    private final SessionReporter reporter;

    public AwaitedServers(
            StoredEntries entries,
            Leases leases,
            ActivePolicy activePolicy,
            Scheduler scheduler,
            SessionReporter reporter) {
        this.entries = entries;
        this.leases = leases;
        this.activePolicy = activePolicy;
        this.scheduler = scheduler;
        this.reporter = reporter;
    }

    /**
     * Servers can come back after a restart from now on. Their grace periods begin: device entries from before that are not published
     * again by their end take the offline state.
     */
    public void begin() {
        begin(0);
    }

    /** The same at a node of a cluster. */
    public void beginInCluster() {
        begin(JOIN_MS);
    }

    private void begin(long joinMs) {
        Map<Account, Integer> devices = new HashMap<>();
        entries.table().forEachKey(NodeType.DEVICE_STATE, entry -> {
            if (entry.isAwaited()) {
                devices.merge(entry.publisher().account(), 1, Integer::sum);
            }
        });
        Map<LeaseTerms, Set<Account>> accounts = devices.keySet().stream()
                .collect(Collectors.groupingBy(
                        account -> activePolicy.tuning(account.jid()).terms(), Collectors.toSet()));
        accounts.forEach((granted, servers) -> {
            long limitMs = joinMs + granted.graceMs();
            reporter.awaited(servers, servers.stream().mapToInt(devices::get).sum(), limitMs);
            scheduler.schedule(() -> end(servers, granted.offlineState(), leases::isHeld), limitMs);
            if (joinMs > 0) {
                scheduler.schedule(
                        () -> end(servers, granted.offlineState(), eid -> leases.heldEpoch(eid) > 0),
                        limitMs + granted.graceMs());
            }
        });
    }

    /**
     * But not of an EID for which a session publishes that is there: when it subscribes or ends, it has published all or nothing. Of a
     * session at another node, this one has all entries a grace period later.
     */
    private void end(Set<Account> accounts, @Nullable DeviceState offlineState, Predicate<Eid> isHeld) {
        Map<Eid, Boolean> held = new HashMap<>();
        Predicate<Entry> over = entry -> entry.isAwaited()
                && accounts.contains(entry.publisher().account())
                && !held.computeIfAbsent(entry.key().eid(), isHeld::test);
        if (offlineState == null) {
            entries.recorder().dropAwaited(over);
            return;
        }
        entries.recorder()
                .takeOffline(over, offlineState)
                .forEach((account, count) -> reporter.notPublishedSinceRestart(account, count, offlineState));
    }
}
