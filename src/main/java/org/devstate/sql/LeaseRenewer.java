// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import org.devstate.core.spi.Scheduler;
import org.devstate.core.store.StoreException;

/** Takes a lease, renews it for as long as it lasts, and reports its loss. Thread-safe. */
public final class LeaseRenewer {

    /** How long until a lease that another process has is tried again, in milliseconds. */
    public static final long RETRY_MS = 5_000;

    /** The advice to an administrator. */
    public static final String ADVICE =
            "Only one server may serve this address with this database: stop one of them, or give this one a database of its own."
                    + " The lease of a process that was killed ends within " + ServiceLease.TERM_S
                    + " s; retried every " + RETRY_MS / 1_000 + " s";

    /** Learns that another process has the lease. */
    @FunctionalInterface
    public interface LeaseLossListener {

        /** Called on the writer's thread, once. */
        void lost(String reason);
    }

    private final ServiceLease lease;
    private final Scheduler writer;

    /** Held while the lease is taken, renewed or released, so that none of these undoes another. */
    private final Object turn = new Object();

    /** Receives the loss of the lease; does nothing while the lease is not held. */
    private LeaseLossListener onLost = reason -> {};

    /** The number of the renewal that goes on; earlier ones stop. */
    private int run;

    /** @param writer runs all tasks that use the database */
    public LeaseRenewer(ServiceLease lease, Scheduler writer) {
        this.lease = lease;
        this.writer = writer;
    }

    /**
     * Takes the lease, and renews it from now on.
     *
     * @param lost called if another process has the lease; nothing is renewed then. That
     *     can happen only after this process, or its way to the database, stood still for longer than the lease lasts
     * @throws LeaseTakenException if another process has it
     * @throws StoreException if the database fails
     */
    public void take(LeaseLossListener lost) throws StoreException {
        synchronized (turn) {
            lease.take();
            renew(lost);
        }
    }

    /** As {@link #take}, if it has been taken already. */
    public void renew(LeaseLossListener lost) {
        int begun;
        synchronized (this) {
            onLost = lost;
            begun = ++run;
        }
        writer.schedule(() -> renew(begun), ServiceLease.RENEWAL_MS);
    }

    /**
     * Tries to take the lease again and again.
     *
     * @param gained called on the writer's thread, once, when this process has it. It is not renewed then
     */
    public void await(Runnable gained) {
        writer.schedule(
                () -> {
                    try {
                        lease.take();
                    } catch (StoreException e) {
                        await(gained);
                        return;
                    }
                    gained.run();
                },
                RETRY_MS);
    }

    private void renew(int begun) {
        LeaseLossListener callback;
        String reason;
        synchronized (turn) {
            if (!isAt(begun)) {
                return;
            }
            try {
                lease.renew();
                writer.schedule(() -> renew(begun), ServiceLease.RENEWAL_MS);
                return;
            } catch (LeaseTakenException e) {
                callback = stop();
                reason = String.valueOf(e.getMessage());
            } catch (StoreException e) {
                // No process can take it while the database is away. Writes fail too, and report that.
                writer.schedule(() -> renew(begun), ServiceLease.RENEWAL_MS);
                return;
            }
        }
        callback.lost(reason);
    }

    private synchronized LeaseLossListener stop() {
        run++;
        LeaseLossListener callback = onLost;
        onLost = reason -> {};
        return callback;
    }

    /**
     * Releases the lease on the writer's thread, unless it is taken again before that: a caller that takes it while the release is
     * under way retains it. No loss of the lease that ends here is reported any more.
     *
     * @param last done before the release
     */
    public void releaseAfter(Runnable last) {
        int ended;
        synchronized (this) {
            var unused = stop();
            ended = run;
        }
        writer.schedule(
                () -> {
                    last.run();
                    synchronized (turn) {
                        if (isAt(ended)) {
                            release();
                        }
                    }
                },
                0);
    }

    private synchronized boolean isAt(int wanted) {
        return run == wanted;
    }

    /** Gives the lease back, so that the next process need not wait. If the database fails, it ends by itself. */
    public void release() {
        synchronized (turn) {
            var unused = stop();
            try {
                lease.release();
            } catch (StoreException e) {
                // It ends by itself.
            }
        }
    }
}
