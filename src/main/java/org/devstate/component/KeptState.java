package org.devstate.component;

import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.access.Fault;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.StoreState;
import org.devstate.core.store.WriteBehind;
import org.devstate.sql.JdbcDatabase;
import org.devstate.sql.ReportedStore;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.sql.WriterThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the component keeps over a restart, and the thread that writes it down. Thread-safe. */
final class KeptState implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);

    private final @Nullable SqlSession session;
    private final Contents contents;
    private final WriteBehind writer;
    private final WriterThread thread = new WriterThread();

    private KeptState(@Nullable SqlSession session, Store store, long intervalMs) throws StoreException {
        this.session = session;
        this.contents = store.load();
        this.writer = new WriteBehind(new ReportedStore(store, LOG::warn, LOG::info), thread, intervalMs);
    }

    /**
     * Opens what there is, or makes it.
     *
     * @param service the address whose state it is
     * @throws StoreException if it can't be read; says why
     */
    static KeptState open(StoreConfig config, String service) throws StoreException {
        long intervalMs = config.writeInterval().toMillis();
        if (!config.isKept()) {
            LOG.warn("Nothing outlives a restart, as store.url is none");
            return new KeptState(null, new MemoryStore(), intervalMs);
        }
        SqlSession session = new SqlSession(
                new JdbcDatabase(config.fullUrl(), config.user(), config.password(), "start the component anew"));
        try {
            StoreTables.prepare(session);
            return new KeptState(session, new SqlStore(session, service), intervalMs);
        } catch (StoreException e) {
            session.close();
            throw e;
        }
    }

    /** Gives the service what was kept, and says what is in force then. Nobody is let in where the policy can't be read. */
    void restoreTo(DeviceStateService service) {
        service.tellOfStore(this::state);
        List<Fault> faults = service.restore(contents);
        faults.forEach(fault -> LOG.error("The policy that was kept is wrong, so nobody is let in: {}", fault));
        LOG.info(
                "Kept from before: {} mailboxes, {} EIDs{}",
                contents.mailboxes().size(),
                contents.bindings().size(),
                contents.policy() == null ? "" : ", and the sites, so those of the configuration do not count");
        String nobody = service.policy().whyNobodyIsAdmitted();
        if (nobody != null && faults.isEmpty()) {
            LOG.warn(nobody);
        }
    }

    /** Takes a change that is to be kept; returns at once. */
    void note(Change change) {
        writer.note(change);
    }

    /** How the writing goes. */
    StoreState state() {
        return writer.state();
    }

    /** Writes what waits, for {@value WriterThread#PATIENCE_MS} ms at most. */
    @Override
    public void close() {
        boolean done = thread.finish(
                () -> {
                    boolean all = writer.flush();
                    if (session != null) {
                        session.close();
                    }
                    return all;
                },
                WriterThread.PATIENCE_MS);
        if (!done) {
            LOG.warn("{} changes could not be written any more", writer.pending());
        }
    }
}
