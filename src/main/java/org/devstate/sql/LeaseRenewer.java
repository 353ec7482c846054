package org.devstate.sql;

import java.util.function.Consumer;
import org.devstate.core.spi.Scheduler;
import org.devstate.core.store.StoreException;

/** Takes a lease, renews it for as long as it lasts, and tells when it is lost. Thread-safe. */
public final class LeaseRenewer {

    /** How long until a lease that another process has is tried again, in milliseconds. */
    public static final long RETRY_MS = 5_000;

    /** What an administrator is to do about it. */
    public static final String ADVICE =
            "Only one server may serve this address with this database: stop one of them, or give this one a database of its own."
                    + " The lease of a process that was killed ends within " + ServiceLease.TERM_S
                    + " s; it is tried again every " + RETRY_MS / 1_000 + " s";

    private final ServiceLease lease;
    private final Scheduler writer;

    /** Held while the lease is taken, renewed or released, so that none of these undoes another. */
    private final Object turn = new Object();

    /** Whoever is told what becomes of the lease; none while it is not held. */
    private Consumer<String> onLost = reason -> {};

    /** Which of the renewals that were begun goes on. */
    private int run;

    /** @param writer runs what talks to the database */
    public LeaseRenewer(ServiceLease lease, Scheduler writer) {
        this.lease = lease;
        this.writer = writer;
    }

    /**
     * Takes the lease, and renews it from now on.
     *
     * @param lost told on the writer's thread, once, if another process has the lease, and which; nothing is renewed then. That can happen
     *     only after this process, or its way to the database, stood still for longer than the lease lasts
     * @throws LeaseTakenException if another process has it
     * @throws StoreException if the database fails
     */
    public void take(Consumer<String> lost) throws StoreException {
        synchronized (turn) {
            lease.take();
            renew(lost);
        }
    }

    /** As {@link #take}, if it has been taken already. */
    public void renew(Consumer<String> lost) {
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
     * @param gained told on the writer's thread, once, when this process has it. It is not renewed then
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
        Consumer<String> told;
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
                told = stop();
                reason = String.valueOf(e.getMessage());
            } catch (StoreException e) {
                // Nobody can take it while the database is away. What is to be written fails too, and says so.
                writer.schedule(() -> renew(begun), ServiceLease.RENEWAL_MS);
                return;
            }
        }
        told.accept(reason);
    }

    private synchronized Consumer<String> stop() {
        run++;
        Consumer<String> told = onLost;
        onLost = reason -> {};
        return told;
    }

    /**
     * Releases the lease on the writer's thread, unless it is taken again before that: whoever takes it while the release is under way
     * keeps it. Nobody is told any more of a loss of the lease that ends here.
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
