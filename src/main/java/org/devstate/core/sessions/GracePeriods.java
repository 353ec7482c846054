// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * Ends device entries whose session has ended, or has logged in again without repeating them: they take the offline state. Thread-safe.
 */
public final class GracePeriods {

    private final EntryRecorder recorder;
    private final Leases leases;
    private final ActivePolicy activePolicy;
    private final Scheduler scheduler;
    private final SessionReporter reporter;

    /** Since when no node answers for the entries of an EID; accessed by one thread at a time. */
    private final Map<Eid, Long> unansweredSince = new HashMap<>();

    public GracePeriods(
            EntryRecorder recorder,
            Leases leases,
            ActivePolicy activePolicy,
            Scheduler scheduler,
            SessionReporter reporter) {
        this.recorder = recorder;
        this.leases = leases;
        this.activePolicy = activePolicy;
        this.scheduler = scheduler;
        this.reporter = reporter;
    }

    /** The grace period of a session that has ended begins. */
    void begin(Leases.EndedSession ending) {
        LeaseTerms granted = terms(ending.session());
        reporter.ended(ending.session(), granted);
        scheduler.schedule(() -> expire(ending, granted.offlineState()), granted.graceMs());
    }

    /** A session has logged in, and has published everything: entries that it did not repeat take the offline state. */
    void loggedIn(Jid session, Leases.Stale notRepeated) {
        var unused = takeOffline(notRepeated, terms(session).offlineState());
    }

    /**
     * Entries of these EIDs have come from another node of the cluster. Those that a session here, which has published everything, did not
     * repeat take the offline state.
     */
    public void endOutdated(Collection<Eid> eids) {
        for (Eid eid : eids) {
            Leases.LeaseClaim held = leases.completed(eid);
            if (held != null) {
                Leases.Stale older = new Leases.Stale(Map.of(eid, held.epoch() - 1), Entry.BY_HAND);
                var unused = takeOffline(older, terms(held.session()).offlineState());
            }
        }
    }

    /**
     * Ends entries for which no session answers any more: the node that did was lost while this one did not know its sessions, or the server
     * has logged in here without repeating them before this node knew them. So do those of a former session with a higher epoch, which it
     * can have if the clocks of two nodes differ that had no connection. To be called every few seconds, in a cluster.
     *
     * @param entries the table
     * @param nowNanos by the clock, see {@link org.devstate.core.spi.Clock#monotonicNanos}
     */
    public void endUnanswered(StateTable entries, long nowNanos) {
        Map<Eid, Entry> oldest = new HashMap<>();
        Map<Eid, Entry> newest = new HashMap<>();
        entries.forEach(NodeType.DEVICE_STATE, entry -> {
            if (entry.epoch() > 0) {
                oldest.merge(entry.key().eid(), entry, (one, other) -> one.epoch() <= other.epoch() ? one : other);
                newest.merge(entry.key().eid(), entry, (one, other) -> one.epoch() >= other.epoch() ? one : other);
            }
        });
        endOutdated(oldest.values().stream()
                .filter(this::isOutdated)
                .map(entry -> entry.key().eid())
                .toList());
        newest.entrySet().removeIf(each -> leases.isAnsweredFor(each.getKey()) && !isOvertaken(each.getValue()));
        unansweredSince.keySet().retainAll(newest.keySet());
        newest.forEach((eid, entry) -> endIfOver(eid, entry.publisher(), nowNanos));
    }

    /** Whether a session here, which has published everything, has an EID although this entry bears a higher epoch. */
    private boolean isOvertaken(Entry entry) {
        Leases.LeaseClaim held = leases.completed(entry.key().eid());
        return held != null && entry.epoch() > held.epoch();
    }

    private boolean isOutdated(Entry entry) {
        Leases.LeaseClaim held = leases.completed(entry.key().eid());
        return held != null && entry.epoch() < held.epoch();
    }

    private void endIfOver(Eid eid, Jid publisher, long nowNanos) {
        LeaseTerms granted = terms(publisher);
        long sinceNanos = unansweredSince.computeIfAbsent(eid, added -> nowNanos);
        if (nowNanos - sinceNanos >= TimeUnit.MILLISECONDS.toNanos(granted.graceMs())) {
            Leases.LeaseClaim held = leases.completed(eid);
            Leases.Stale all = new Leases.Stale(Map.of(eid, Long.MAX_VALUE), Entry.BY_HAND);
            int changed = count(endStale(all, held == null ? Long.MIN_VALUE : held.epoch(), granted.offlineState()));
            reporter.graceOver(publisher, List.of(eid), granted.offlineState(), changed);
        }
    }

    /**
     * Another node of the cluster is lost, and with it the sessions there: the grace periods of their servers begin.
     *
     * @return how many servers published there
     */
    public int lose(String node) {
        Map<Eid, Leases.LostLease> lost = leases.lose(node);
        Map<LeaseTerms, Map<Eid, Leases.LostLease>> byTerms = new HashMap<>();
        lost.forEach((eid, lease) -> {
            LeaseTerms granted = terms(lease.owner());
            reporter.lost(lease.owner(), granted);
            byTerms.computeIfAbsent(granted, terms -> new HashMap<>()).put(eid, lease);
        });
        byTerms.forEach((granted, leasesOfTerms) ->
                scheduler.schedule(() -> expire(leasesOfTerms, granted.offlineState()), granted.graceMs()));
        return lost.size();
    }

    private void expire(Map<Eid, Leases.LostLease> lost, @Nullable DeviceState offlineState) {
        Leases.Stale stale = leases.expire(lost);
        reporter.expired(stale.epochs().size());
        Map<Account, Integer> changed = endStale(stale, offlineState);
        lost.entrySet().stream()
                .filter(each -> stale.epochs().containsKey(each.getKey()))
                .collect(Collectors.groupingBy(
                        each -> each.getValue().owner(), Collectors.mapping(Map.Entry::getKey, Collectors.toList())))
                .forEach((owner, eids) ->
                        reporter.graceOver(owner, eids, offlineState, changed.getOrDefault(owner.account(), 0)));
    }

    private LeaseTerms terms(Jid session) {
        return activePolicy.tuning(session).terms();
    }

    private void expire(Leases.EndedSession ending, @Nullable DeviceState offlineState) {
        Leases.Stale stale = leases.expire(ending);
        reporter.expired(stale.epochs().size());
        int changed = takeOffline(stale, offlineState);
        reporter.graceOver(ending.session(), stale.epochs().keySet(), offlineState, changed);
    }

    /** Returns how many entries took the offline state. */
    private int takeOffline(Leases.Stale stale, @Nullable DeviceState offlineState) {
        return count(endStale(stale, offlineState));
    }

    private static int count(Map<Account, Integer> changed) {
        return changed.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns how many entries of each account took the offline state. */
    private Map<Account, Integer> endStale(Leases.Stale stale, @Nullable DeviceState offlineState) {
        return endStale(stale, Long.MIN_VALUE, offlineState);
    }

    /** As above, of the stale entries those with an epoch above {@code epoch}. */
    private Map<Account, Integer> endStale(Leases.Stale stale, long epoch, @Nullable DeviceState offlineState) {
        if (stale.isEmpty() || offlineState == null) {
            return Map.of();
        }
        Map<Account, Integer> changed =
                recorder.takeOffline(entry -> entry.epoch() > epoch && isOver(entry, stale), offlineState);
        reporter.tookOffline(count(changed));
        return changed;
    }

    private static boolean isOver(Entry entry, Leases.Stale stale) {
        return entry.key().node() == NodeType.DEVICE_STATE
                && stale.holds(entry.key().eid(), entry.epoch());
    }
}
