package org.devstate.core.sessions;

import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.spi.Scheduler;
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
        if (stale.isEmpty() || offlineState == null) {
            return 0;
        }
        int changed = recorder.takeOffline(entry -> isOver(entry, stale), offlineState).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        reporter.tookOffline(changed);
        return changed;
    }

    private static boolean isOver(Entry entry, Leases.Stale stale) {
        return entry.key().node() == NodeType.DEVICE_STATE
                && stale.holds(entry.key().eid(), entry.epoch());
    }
}
