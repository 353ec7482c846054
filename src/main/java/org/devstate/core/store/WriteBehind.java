// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes a little later, many at once, so that no thread of the core waits for the {@link Store}. A store that fails is tried
 * again, and loses nothing: the pending changes are bounded by their subjects, because only the last change of each is pending.
 * Thread-safe.
 */
public final class WriteBehind {

    /** How many changes are written at one go: enough for a million devices to be written in a minute or two. */
    static final int BATCH = 5_000;

    /** How many changes may wait before the end of a device is no longer noted. */
    static final int MOST_PENDING = 1_000_000;

    private final Store store;
    private final Scheduler writer;
    private final long intervalMs;
    private final Map<Object, Change> pending = new LinkedHashMap<>();

    /** Held while the store is at work, so that it is called by one thread at a time, and an older change never comes last. */
    private final Object writing = new Object();

    private boolean scheduled;
    private long written;
    private long failures;
    private @Nullable StoreException fault;

    /**
     * @param store takes the changes
     * @param writer runs the writing task; it is blocked for as long as the store takes, so it should have nothing else to do
     * @param intervalMs how long a change may wait, in milliseconds; a crash may lose that much; from 1
     */
    public WriteBehind(Store store, Scheduler writer, long intervalMs) {
        if (intervalMs < 1) {
            throw new IllegalArgumentException("intervalMs must be at least 1, not " + intervalMs);
        }
        this.store = store;
        this.writer = writer;
        this.intervalMs = intervalMs;
    }

    /**
     * Takes a change, and returns at once. If {@value #MOST_PENDING} changes wait already, because the database has been down for long,
     * it forgets devices that are gone rather than note their end: there may be any number of them, and one that stays in the database
     * does no harm.
     */
    public void note(Change change) {
        synchronized (this) {
            pending.remove(change.subject());
            if (pending.size() < MOST_PENDING || !(change instanceof Change.DeviceGone)) {
                pending.put(change.subject(), change);
            }
        }
        schedule();
    }

    /**
     * Writes all that waits, now, in the calling thread.
     *
     * @return whether nothing is left to be written
     */
    public boolean flush() {
        synchronized (writing) {
            List<Change> batch = next();
            while (!batch.isEmpty()) {
                if (!write(batch)) {
                    return false;
                }
                batch = next();
            }
            return true;
        }
    }

    /** Forgets all that waits: another process has the store, and knows better. */
    public synchronized void discard() {
        pending.clear();
    }

    /** All of the following, as of one moment. */
    public synchronized StoreState state() {
        return new StoreState(pending.size(), written, failures, fault == null ? null : fault.getMessage());
    }

    /** How many changes the store does not have yet, those that it is at work on included. */
    public synchronized int pending() {
        return pending.size();
    }

    /** How many changes were written so far. */
    public synchronized long written() {
        return written;
    }

    /** How many times the store could not be written so far. */
    public synchronized long failures() {
        return failures;
    }

    /** Why the store could not be written the last time it was tried; {@code null} if it could. */
    public synchronized @Nullable StoreException fault() {
        return fault;
    }

    private void schedule() {
        synchronized (this) {
            if (scheduled || pending.isEmpty()) {
                return;
            }
            scheduled = true;
        }
        writer.schedule(this::run, intervalMs);
    }

    private void run() {
        synchronized (this) {
            scheduled = false;
        }
        flush();
        schedule();
    }

    /** The next changes to write. They stay pending until the store has them. */
    private synchronized List<Change> next() {
        return pending.values().stream().limit(BATCH).toList();
    }

    private boolean write(List<Change> batch) {
        try {
            store.write(batch);
        } catch (StoreException e) {
            failed(e);
            return false;
        } catch (RuntimeException | LinkageError e) { // the latter if the jar was replaced under a running service
            failed(new StoreException("the store failed: " + e, e));
            return false;
        }
        succeeded(batch);
        return true;
    }

    /** If a newer change has come meanwhile, that one still has to be written. */
    private synchronized void succeeded(List<Change> batch) {
        batch.forEach(change -> pending.remove(change.subject(), change));
        written += batch.size();
        fault = null;
    }

    private synchronized void failed(StoreException why) {
        failures++;
        fault = why;
    }
}
