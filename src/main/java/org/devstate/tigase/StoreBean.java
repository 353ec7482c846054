// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.devstate.core.store.MemoryStore;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreState;
import org.devstate.core.store.WriteBehind;
import org.devstate.sql.Installation;
import org.devstate.sql.LeaseHolder;
import org.devstate.sql.LeaseRenewer;
import org.devstate.sql.ReportedStore;
import org.devstate.sql.ServiceLease;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.sql.WriterThread;
import org.devstate.tigase.persistence.DevstateSchema;
import org.devstate.tigase.persistence.DevstateTables;
import org.devstate.tigase.persistence.PersistedService;
import org.jspecify.annotations.Nullable;
import tigase.db.DataSource;
import tigase.db.beans.SDRepositoryBean;
import tigase.kernel.beans.Bean;

/**
 * The state that outlives a restart of Tigase, in one of its data sources: the one called {@code default}, or another by
 *
 * <pre>
 * pubsub () {
 *     'devstate-store' () {
 *         'data-source' = 'other'
 *     }
 * }</pre>
 *
 * <p>Thread-safe.
 */
@Bean(name = "devstate-store", parent = DeviceStatePubSub.class, active = true)
public class StoreBean extends SDRepositoryBean<DevstateTables> {

    private static final System.Logger LOG = System.getLogger(StoreBean.class.getName());

    /** In the folder that Tigase writes to in any case. */
    private static final Path INSTALLATION = Path.of("logs");

    private final WriterThread thread = new WriterThread();
    private final Map<String, PersistedService> states = new ConcurrentHashMap<>();
    private final Set<SqlSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread lastWork = new Thread(this::writeTheRest, "devstate-store-end");

    /** For the schema tool, which reads the annotations of this class. */
    @Override
    protected Class<?> findClassForDataSource(DataSource source) {
        return DevstateSchema.class;
    }

    /** For the server: without the annotation, because it would not start if the tables are missing. The plugin works without them. */
    @Override
    protected Class<?> getRepositoryClassName() {
        return DevstateTables.class;
    }

    @Override
    public void initialize() {
        super.initialize();
        Runtime.getRuntime().addShutdownHook(lastWork);
    }

    @Override
    public void beforeUnregister() {
        end();
    }

    /**
     * Writes all pending changes and releases everything: the component ends, and the server goes on. The component calls it, because
     * Tigase does not end beans inside of beans. A second call does nothing.
     */
    public void end() {
        if (ended.getAndSet(true)) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(lastWork);
            writeTheRest();
        } catch (IllegalStateException e) {
            // The server ends, and the hook does all that.
        }
        super.beforeUnregister();
        states.clear(); // as Tigase keeps this object
        sessions.clear();
    }

    /**
     * Returns the persisted state of a service.
     *
     * @param service the address of the service
     * @param intervalMs how long a change may wait, in milliseconds; the first call counts
     * @param clustered whether this process is a node of a cluster, whose nodes share the database
     */
    public PersistedService of(String service, long intervalMs, boolean clustered) {
        return states.computeIfAbsent(service, address -> {
            SqlSession session = session(address);
            if (session == null) {
                Store memory = new MemoryStore();
                return new PersistedService(address, memory, new WriteBehind(memory, thread, intervalMs));
            }
            LeaseHolder self = Installation.holder(session.database(), INSTALLATION);
            ServiceLease lease = new ServiceLease(session, address, clustered ? self.asNode() : self);
            Store store = reported(new SqlStore(session, address, lease), address);
            return new PersistedService(
                    address, store, new WriteBehind(store, thread, intervalMs), new LeaseRenewer(lease, thread));
        });
    }

    /** How the writing goes for a service. */
    StoreState state(String service) {
        PersistedService state = states.get(service);
        return state == null ? StoreState.IDLE : state.state();
    }

    private @Nullable SqlSession session(String service) {
        DevstateTables tables = getRepository();
        @Nullable SqlSession session = tables == null ? null : tables.session();
        if (session == null) {
            LOG.log(Level.ERROR, "State of " + service + " is not persisted: no data source");
            return null;
        }
        sessions.add(session);
        return session;
    }

    private static Store reported(Store store, String service) {
        return new ReportedStore(
                store,
                line -> LOG.log(Level.WARNING, service + ": " + line),
                line -> LOG.log(Level.INFO, service + ": " + line));
    }

    private boolean writeAndRelease() {
        boolean all = states.values().stream().allMatch(PersistedService::flush);
        states.values().forEach(PersistedService::release);
        return all;
    }

    private void writeTheRest() {
        boolean done = thread.finish(this::writeAndRelease, WriterThread.PATIENCE_MS);
        if (!done) {
            int lost = states.values().stream()
                    .mapToInt(state -> state.state().pending())
                    .sum();
            LOG.log(Level.WARNING, lost + " pending changes could not be written before the end");
        }
        sessions.forEach(SqlSession::close);
    }
}
