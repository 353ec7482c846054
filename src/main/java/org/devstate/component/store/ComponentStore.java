// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.store;

import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.policy.text.PolicyError;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.StoreState;
import org.devstate.core.store.WriteBehind;
import org.devstate.sql.Installation;
import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.LeaseRenewer;
import org.devstate.sql.LeaseTakenException;
import org.devstate.sql.ReportedStore;
import org.devstate.sql.ServiceLease;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.sql.WriterThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The persisted state of the component, and the thread that writes it. Thread-safe. */
public final class ComponentStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentStore.class);

    /** Does not name the holder of the lease, because any admitted account may read it. */
    private static final String CLOSED =
            "this component is not serving: another one serves with the same database; see its log";

    private final @Nullable SqlSession session;
    private final @Nullable LeaseRenewer lease;
    private final Contents contents;
    private final WriteBehind writer;
    private final WriterThread thread;

    /** Why this process may not serve, if another one has the lease; empty if it may. */
    private volatile String rejection = "";

    /** Whether the store must be reopened, because the lease has been lost or gained since. */
    private volatile boolean outdated;

    private ComponentStore(Contents contents, Store store, long intervalMs) {
        this(null, null, contents, store, new WriterThread(), intervalMs);
    }

    private ComponentStore(
            @Nullable SqlSession session,
            @Nullable LeaseRenewer lease,
            Contents contents,
            Store store,
            WriterThread thread,
            long intervalMs) {
        this.session = session;
        this.lease = lease;
        this.contents = contents;
        this.thread = thread;
        this.writer = new WriteBehind(new ReportedStore(store, LOG::warn, LOG::info), thread, intervalMs);
    }

    /**
     * Opens the store, or creates it.
     *
     * @param service the address whose state it is
     * @throws StoreException if it cannot be read; the message has the reason
     */
    public static ComponentStore open(StoreConfig config, String service) throws StoreException {
        long intervalMs = config.writeInterval().toMillis();
        if (!config.isPersistent()) {
            LOG.warn("State is not persisted because store.url is none");
            return new ComponentStore(Contents.NONE, new MemoryStore(), intervalMs);
        }
        SqlSession session = new SqlSession(
                new JdbcDatabase(config.fullUrl(), config.user(), config.password(), "start the component anew"));
        try {
            StoreTables.prepare(session);
            WriterThread thread = new WriterThread();
            ServiceLease lease =
                    new ServiceLease(session, service, Installation.holder(session.database(), config.folder()));
            LeaseRenewer renewer = new LeaseRenewer(lease, thread);
            Store store = new SqlStore(session, service, lease);
            String rejection = rejection(lease);
            Contents contents = rejection.isEmpty() ? store.load() : Contents.NONE;
            ComponentStore opened = new ComponentStore(session, renewer, contents, store, thread, intervalMs);
            opened.rejection = rejection;
            if (!rejection.isEmpty()) {
                LOG.error("Not serving: {}. {}", rejection, LeaseRenewer.ADVICE);
            }
            return opened;
        } catch (StoreException e) {
            session.close();
            throw e;
        }
    }

    /** Takes the lease; returns why that failed, or an empty text. */
    private static String rejection(ServiceLease lease) throws StoreException {
        try {
            lease.take();
            return "";
        } catch (LeaseTakenException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * Restores the persisted state of the service, and logs what is in force. If the policy cannot be read, no account is admitted. If another
     * process serves the same address with the same database, the service is closed.
     *
     * @param onOutdated is called on a separate thread after the lease has been lost or gained: the service is closed then, and the
     *     store must be reopened
     */
    public void restoreTo(DeviceStateService service, Runnable onOutdated) {
        service.status().setStore(this::state);
        if (!rejection.isEmpty()) {
            service.close(CLOSED, rejection);
            if (lease != null) {
                lease.await(() -> gained(onOutdated));
            }
            return;
        }
        List<PolicyError> faults = service.restore(contents);
        faults.forEach(fault -> LOG.error("The persisted policy is invalid, so no account is admitted: {}", fault));
        LOG.info(
                "Restored: {} mailboxes, {} EIDs{}",
                contents.mailboxes().size(),
                contents.bindings().size(),
                contents.policy() == null ? "" : ", and the sites, so those of the configuration do not count");
        String whyClosed = service.policy().whyNoAccountIsAdmitted();
        if (whyClosed != null && faults.isEmpty()) {
            LOG.warn(whyClosed);
        }
        if (lease != null) {
            lease.renew(reason -> lost(service, reason, onOutdated));
        }
    }

    private void gained(Runnable onOutdated) {
        LOG.info("Lease acquired; serving");
        outdated = true;
        onOutdated.run();
    }

    private void lost(DeviceStateService service, String reason, Runnable onOutdated) {
        LOG.error("Lease lost; no longer serving: {}. {}", reason, LeaseRenewer.ADVICE);
        writer.discard();
        service.close(CLOSED, reason);
        outdated = true;
        onOutdated.run();
    }

    /** Whether the store must be reopened, because the lease has been lost or gained. */
    public boolean isOutdated() {
        return outdated;
    }

    /** Queues a change to persist; returns at once. */
    public void note(Change change) {
        writer.note(change);
    }

    /** Returns the state of writing. */
    public StoreState state() {
        return writer.state();
    }

    /** Writes pending changes, for {@value WriterThread#PATIENCE_MS} ms at most. */
    @Override
    public void close() {
        boolean done = thread.finish(
                () -> {
                    boolean all = writer.flush();
                    if (lease != null && !outdated) {
                        lease.release();
                    }
                    if (session != null) {
                        session.close();
                    }
                    return all;
                },
                WriterThread.PATIENCE_MS);
        if (!done) {
            LOG.warn("{} pending changes could not be written before the end", writer.pending());
        }
    }
}
