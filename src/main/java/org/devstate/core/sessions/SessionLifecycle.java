package org.devstate.core.sessions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.store.Change;
import org.jspecify.annotations.Nullable;

/** The begin and the end of sessions, and what they mean for their entries. Thread-safe. */
public final class SessionLifecycle {

    private final StateTable table;
    private final EntryRecorder recorder;
    private final Leases leases;
    private final Subscriptions subscriptions;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Counters counters;
    private final Function<Jid, LeaseTerms> terms;
    private final SiteLogger siteLogger;
    private final SubscriptionPersister writer;
    private final Absences absences = new Absences();

    /** Sessions whose subscription is from before an interruption, so that their publishes during it are lost. */
    private final Set<Jid> interrupted = ConcurrentHashMap.newKeySet();

    /** Sessions that have begun to log in, and will subscribe when they have published all that they know. */
    private final Set<Jid> starting = ConcurrentHashMap.newKeySet();

    public SessionLifecycle(
            StateTable table,
            EntryRecorder recorder,
            Leases leases,
            Subscriptions subscriptions,
            Clock clock,
            Scheduler scheduler,
            Counters counters,
            Function<Jid, LeaseTerms> terms,
            SiteLogger siteLogger,
            SubscriptionPersister writer) {
        this.table = table;
        this.recorder = recorder;
        this.leases = leases;
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.scheduler = scheduler;
        this.counters = counters;
        this.terms = terms;
        this.siteLogger = siteLogger;
        this.writer = writer;
    }

    /** A session begins, or begins anew. */
    public void begin(Jid session) {
        starting.add(session);
        if (leases.begin(session)) {
            counters.count(Counter.SESSIONS_RETURNED);
        }
    }

    /** A session subscribes that was reported to have ended: it is there all the same. */
    public void revive(Jid session) {
        if (leases.revive(session)) {
            counters.count(Counter.SESSIONS_RETURNED);
        }
    }

    /** A subscription from before a restart is taken up again; its session may have published something meanwhile. */
    public void resume(Jid session) {
        var unused = leases.completeLogin(session);
        interrupted.add(session);
    }

    /** The host lost its XMPP server, and with it all publishes meanwhile. */
    void interrupt() {
        interrupted.addAll(subscriptions.sessions());
    }

    /** Whether {@code session} has not subscribed since an interruption. */
    boolean isInterrupted(Jid session) {
        return interrupted.contains(session);
    }

    /** Whether {@code session} has begun to log in, and has not subscribed yet. */
    boolean isStarting(Jid session) {
        return starting.contains(session);
    }

    /** When the last session of {@code account} ended; {@code null} if none has. */
    Absences.@Nullable Absence absence(String account) {
        return absences.of(account);
    }

    /** A session subscribes: with it it begins, if it has not yet. To device states, it does so when it has repeated all that it knows. */
    public void subscribes(Jid session, NodeType node) {
        interrupted.remove(session);
        starting.remove(session);
        Leases.Stale stale = leases.completeLogin(session);
        if (node == NodeType.DEVICE_STATE) {
            siteLogger.came(session, stale.epochs().keySet());
            var unused = takeOffline(stale, terms.apply(session).offlineState()); // entries that it did not repeat
        }
    }

    /**
     * A session ends, if it is the one of that epoch; 0 for one that has published nothing.
     *
     * @return whether it did; not if another one is in its place
     */
    public boolean end(Jid session, long epoch) {
        Leases.Ending ending = leases.end(session, epoch);
        if (ending == null && leases.epoch(session) != epoch) {
            return false;
        }
        subscriptions.removeAll(session);
        for (NodeType node : NodeType.values()) {
            writer.ended(session, node);
        }
        interrupted.remove(session);
        starting.remove(session);
        if (ending != null) {
            counters.count(Counter.SESSIONS_ENDED);
            LeaseTerms granted = terms.apply(session);
            absences.ended(session.bare(), clock.wallMs(), granted.graceMs());
            siteLogger.gone(session, granted.graceMs(), granted.offlineState());
            scheduler.schedule(() -> expire(ending, granted.offlineState()), granted.graceMs());
        }
        return true;
    }

    public List<Jid> sessions() {
        return leases.sessions();
    }

    public long epoch(Jid session) {
        return leases.epoch(session);
    }

    private void expire(Leases.Ending ending, @Nullable DeviceState offlineState) {
        Leases.Stale stale = leases.expire(ending);
        counters.count(Counter.LEASES_EXPIRED, stale.epochs().size());
        int changed = takeOffline(stale, offlineState);
        siteLogger.graceOver(ending.session(), stale.epochs().keySet(), offlineState, changed);
    }

    /** Gives the offline state to the device entries that are over. Returns how many that are. */
    private int takeOffline(Leases.Stale stale, @Nullable DeviceState offlineState) {
        if (stale.isEmpty() || offlineState == null) {
            return 0;
        }
        int changed = recorder.takeOffline(entry -> isOver(entry, stale), offlineState).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        counters.count(Counter.GONE, changed);
        return changed;
    }

    /** Takes up which session published last for each EID before a restart. */
    public void restore(List<Change.Publisher> publishers) {
        publishers.forEach(publisher -> leases.restore(publisher.eid(), publisher.session()));
    }

    /**
     * Servers can come back after a restart from now on. Their grace periods begin: device entries from before that are not published
     * again by their end take the offline state.
     */
    public void awaitServers() {
        Map<String, Integer> devices = new HashMap<>();
        table.forEachKey(NodeType.DEVICE_STATE, entry -> {
            if (entry.isAwaited()) {
                devices.merge(entry.publisher().bare(), 1, Integer::sum);
            }
        });
        Map<LeaseTerms, Set<String>> accounts = devices.keySet().stream()
                .collect(Collectors.groupingBy(account -> terms.apply(new Jid(account, "")), Collectors.toSet()));
        accounts.forEach((granted, servers) -> {
            int count = servers.stream().mapToInt(devices::get).sum();
            siteLogger.awaited(count, servers.size(), granted.graceMs());
            servers.forEach(account -> absences.awaited(account, clock.wallMs() + granted.graceMs()));
            scheduler.schedule(() -> endAwaiting(servers, granted.offlineState()), granted.graceMs());
        });
    }

    /** But not of an EID for which a session publishes that is there: when it subscribes or ends, it has published all or nothing. */
    private void endAwaiting(Set<String> accounts, @Nullable DeviceState offlineState) {
        Map<Eid, Boolean> held = new HashMap<>();
        Predicate<Entry> over = entry -> entry.isAwaited()
                && accounts.contains(entry.publisher().bare())
                && !held.computeIfAbsent(entry.key().eid(), leases::isHeld);
        if (offlineState == null) {
            recorder.dropAwaited(over);
            return;
        }
        recorder.takeOffline(over, offlineState).forEach((account, count) -> {
            counters.count(Counter.GONE, count);
            siteLogger.notBackSinceRestart(new Jid(account, ""), count, offlineState);
        });
    }

    private static boolean isOver(Entry entry, Leases.Stale stale) {
        return entry.key().node() == NodeType.DEVICE_STATE
                && stale.holds(entry.key().eid(), entry.epoch());
    }
}
