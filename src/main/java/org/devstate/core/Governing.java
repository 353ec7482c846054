package org.devstate.core;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.access.Access;
import org.devstate.core.access.Policy;
import org.devstate.core.access.PolicyWriter;
import org.devstate.core.access.Reach;
import org.devstate.core.admin.Sites;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.model.Jid;
import org.devstate.core.notices.SiteNotices;
import org.devstate.core.store.Change;
import org.devstate.core.store.Persister;

/**
 * Puts another policy in force, at once: a receiver that may no longer know an entry is told that it is gone, one that may from
 * now on is told it. Thread-safe.
 */
final class Governing implements Sites {

    private final Access access;
    private final EntryRecorder recorder;
    private final Persister persister;
    private final SiteNotices notices;
    private volatile Consumer<Predicate<Jid>> host = newcomers -> {};
    private boolean kept;

    Governing(Access access, EntryRecorder recorder, Persister persister, SiteNotices notices) {
        this.access = access;
        this.recorder = recorder;
        this.persister = persister;
        this.notices = notices;
    }

    /** See {@link DeviceStateService#tellOfNewcomers}. */
    void tellOfNewcomers(Consumer<Predicate<Jid>> told) {
        host = told;
    }

    @Override
    public Policy policy() {
        return access.now().policy();
    }

    @Override
    public synchronized boolean replace(Policy before, Policy after) {
        if (!policy().equals(before)) {
            return false;
        }
        if (!after.equals(before)) {
            change(after);
        }
        return true;
    }

    /** Puts {@code policy} in force, and keeps it over a restart. */
    synchronized void change(Policy policy) {
        persister.persist(new Change.Policy(PolicyWriter.write(policy)));
        notices.changed(policy(), policy);
        kept = true;
        tellOfNewcomersSince(recorder.apply(policy));
    }

    /** Puts one in force that is kept already; nobody was refused because of the one before. */
    synchronized void restore(Policy policy) {
        kept = true;
        var unused = recorder.apply(policy);
    }

    /** Puts {@code policy} in force where none is kept; tells whether it is. Where it is already, that costs nothing. */
    synchronized boolean configure(Policy policy) {
        if (!kept && !policy.equals(policy())) {
            notices.changed(policy(), policy);
            tellOfNewcomersSince(recorder.apply(policy));
        }
        return !kept;
    }

    private void tellOfNewcomersSince(Reach before) {
        host.accept(jid -> access.admits(jid) && !before.admits(jid));
    }
}
