// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.persistence;

import java.lang.System.Logger.Level;
import org.devstate.core.DeviceStateService;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.StoreState;
import org.devstate.core.store.WriteBehind;
import org.devstate.sql.LeaseRenewer;
import org.devstate.sql.LeaseTakenException;
import org.devstate.sql.TablesMissingException;
import org.jspecify.annotations.Nullable;

/** The persisted state of one service. Thread-safe. */
public final class PersistedService {

    /** Milliseconds between two attempts to read the persisted state from the database. */
    public static final long RESTORE_AGAIN_MS = 30_000;

    private static final System.Logger LOG = System.getLogger(PersistedService.class.getName());

    /** Does not name the holder of the lease, because any admitted account may read it. */
    private static final String CLOSED =
            "this server is not serving this address: another one serves it with the same database; see its log";

    private static final String UNREADABLE = "stored state cannot be read, so all access is denied; retrying";

    private final String service;
    private final Store store;
    private final WriteBehind writer;
    private final @Nullable LeaseRenewer lease;

    /** Why the service was not restored: another process has the lease. Empty if this one has it. */
    private volatile String rejection = "";

    private volatile Runnable onLost = () -> {};

    public PersistedService(String service, Store store, WriteBehind writer) {
        this(service, store, writer, null);
    }

    /** @param lease without which the service does not serve; {@code null} if no other process can use the store */
    public PersistedService(String service, Store store, WriteBehind writer, @Nullable LeaseRenewer lease) {
        this.service = service;
        this.store = store;
        this.writer = writer;
        this.lease = lease;
    }

    /** Has {@code lost} run when another process has taken the lease. The service that was restored last is closed then. */
    public void onLeaseLost(Runnable lost) {
        onLost = lost;
    }

    /** Milliseconds until the next attempt. */
    public long retryMs() {
        return rejection.isEmpty() ? RESTORE_AGAIN_MS : LeaseRenewer.RETRY_MS;
    }

    /**
     * Gives the service its persisted state. If it cannot be read, no account is admitted, because the sites are unknown. If there are
     * no tables, nothing can have been persisted, and the service works without. If another process serves the same address with the
     * same database, the service is closed.
     *
     * @return whether it could be read; if not, try again with a new service
     */
    public boolean restoreTo(DeviceStateService restored) {
        restored.status().setStore(this::state);
        try {
            if (lease != null) {
                lease.take(reason -> lost(restored, reason));
            }
            if (!rejection.isEmpty()) {
                rejection = "";
                LOG.log(Level.INFO, service + ": lease acquired; serving");
            }
            Contents contents = store.load();
            restored.restore(contents)
                    .forEach(fault -> LOG.log(
                            Level.ERROR,
                            service + ": the persisted policy is invalid, so no account is admitted: " + fault));
            restored.awaitServers();
            if (contents.policy() != null) {
                LOG.log(Level.INFO, service + ": the persisted sites are in force, not those of the configuration");
            }
        } catch (LeaseTakenException e) {
            reject(restored, String.valueOf(e.getMessage()));
            return false;
        } catch (TablesMissingException e) {
            LOG.log(Level.ERROR, service + ": state is not persisted: " + e.getMessage());
        } catch (StoreException e) {
            LOG.log(
                    Level.ERROR,
                    service + ": no account is admitted, because stored state cannot be read: " + e.getMessage());
            restored.restore(Contents.CLOSED);
            restored.close(UNREADABLE, UNREADABLE + ": " + e.getMessage());
            return false;
        }
        return true;
    }

    private void lost(DeviceStateService closed, String reason) {
        writer.discard();
        reject(closed, reason);
        onLost.run();
    }

    private void reject(DeviceStateService closed, String reason) {
        closed.close(CLOSED, reason);
        if (!reason.equals(rejection)) {
            rejection = reason;
            LOG.log(Level.ERROR, service + ": not serving: " + reason + ". " + LeaseRenewer.ADVICE);
        }
    }

    /** Its service has ended: pending changes are written, and another process can have the lease. {@link #restoreTo} begins anew. */
    public void retire() {
        onLost = () -> {};
        if (lease != null) {
            lease.releaseAfter(() -> {
                boolean unused = writer.flush();
            });
        }
    }

    /** Lets another process serve at once. */
    public void release() {
        if (lease != null) {
            lease.release();
        }
    }

    /** Queues a change to be persisted; returns at once. */
    public void note(Change change) {
        writer.note(change);
    }

    /** Writes all pending changes. Returns whether none is left. */
    public boolean flush() {
        return writer.flush();
    }

    /** How the writing goes. */
    public StoreState state() {
        return writer.state();
    }
}
