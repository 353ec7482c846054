package org.devstate.tigase;

import java.lang.System.Logger.Level;
import org.devstate.core.DeviceStateService;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.devstate.core.store.StoreState;
import org.devstate.core.store.WriteBehind;
import org.devstate.sql.TablesMissingException;

/** What is kept of one service. Thread-safe. */
final class KeptState {

    private static final System.Logger LOG = System.getLogger(KeptState.class.getName());

    private final String service;
    private final Store store;
    private final WriteBehind writer;

    KeptState(String service, Store store, WriteBehind writer) {
        this.service = service;
        this.store = store;
        this.writer = writer;
    }

    /**
     * Gives the service what was kept. Where that can't be read, nobody is let in, as nobody knows who may be; where it can't have
     * been kept, as there are no tables, all goes on without.
     *
     * @return whether it could be read; if not, try it again with a new service
     */
    boolean restoreTo(DeviceStateService restored) {
        restored.tellOfStore(this::state);
        try {
            Contents contents = store.load();
            restored.restore(contents)
                    .forEach(fault -> LOG.log(
                            Level.ERROR,
                            service + ": the policy that was kept is wrong, so nobody is let in: " + fault));
            restored.awaitServers();
            if (contents.policy() != null) {
                LOG.log(Level.INFO, service + ": the sites are those that were kept, not those of the configuration");
            }
        } catch (TablesMissingException e) {
            LOG.log(Level.ERROR, service + ": nothing outlives a restart: " + e.getMessage());
        } catch (StoreException e) {
            LOG.log(Level.ERROR, service + ": nobody is let in, as what was kept can't be read: " + e.getMessage());
            restored.restore(Contents.CLOSED);
            return false;
        }
        return true;
    }

    /** Takes a change that is to be kept; returns at once. */
    void note(Change change) {
        writer.note(change);
    }

    /** Writes all that waits; tells whether nothing is left. */
    boolean flush() {
        return writer.flush();
    }

    /** How the writing goes. */
    StoreState state() {
        return writer.state();
    }
}
