// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.devstate.core.entries.SnapshotSource;

/**
 * Holds back snapshots after the start of a node until it has received the tables of the others: by itself it knows only what was persisted,
 * which may be older than what its subscribers know already. Thread-safe.
 */
public final class SnapshotHold {

    /** How long snapshots are held back at least: the connections to other nodes take as long. */
    static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How long they are held back at most, if a table takes longer; the rest of it is sent as changes. */
    static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final SnapshotSource snapshots;
    private boolean on;
    private long startNanos;

    public SnapshotHold(SnapshotSource snapshots) {
        this.snapshots = snapshots;
    }

    /** The node has started; no session is subscribed yet. */
    synchronized void begin(long nowNanos) {
        on = true;
        startNanos = nowNanos;
        snapshots.hold();
    }

    /** Releases the snapshots if it is time to. Never called with a lock held. */
    void check(Collection<NodeLink> others, long nowNanos) {
        boolean isComplete = others.stream().allMatch(other -> other.isComplete() || !other.isPresent());
        synchronized (this) {
            long heldNanos = nowNanos - startNanos;
            if (!on || heldNanos < LEAST_NANOS || !(isComplete || heldNanos >= MOST_NANOS)) {
                return;
            }
            on = false;
        }
        snapshots.release();
    }
}
