// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.util.List;
import org.devstate.core.spi.LineLog;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;

/** A store that reports when it fails, once for each reason, and when it works again. */
public final class ReportedStore implements Store {

    private final Store store;
    private final LineLog warn;
    private final LineLog inform;

    /** The failure that was reported last; empty if it works. */
    private String reported = "";

    /**
     * @param warn takes a line for the log when it fails
     * @param inform takes a line for the log when it is well again
     */
    public ReportedStore(Store store, LineLog warn, LineLog inform) {
        this.store = store;
        this.warn = warn;
        this.inform = inform;
    }

    @Override
    public Contents load() throws StoreException {
        return store.load();
    }

    @Override
    public void write(List<Change> changes) throws StoreException {
        try {
            store.write(changes);
        } catch (StoreException | RuntimeException e) {
            report(String.valueOf(e.getMessage()));
            throw e;
        }
        if (!reported.isEmpty()) {
            reported = "";
            inform.log("Database writes succeed again");
        }
    }

    private void report(String reason) {
        if (!reason.equals(reported)) {
            reported = reason;
            warn.log("Database write failed; changes are queued in memory and will be retried: " + reason);
        }
    }
}
