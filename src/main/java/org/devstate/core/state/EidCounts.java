// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Eid;

/** Counts the device entries of each EID, so that the entries of one name are found by their keys. Thread-safe. */
final class EidCounts {

    /** Each count is an array of one, so that counting allocates nothing; accessed within the map's own operations only. */
    private final Map<Eid, int[]> counts = new ConcurrentHashMap<>();

    void added(Eid eid) {
        counts.compute(eid, (same, count) -> {
            int[] next = count == null ? new int[1] : count;
            next[0]++;
            return next;
        });
    }

    void removed(Eid eid) {
        counts.computeIfPresent(eid, (same, count) -> --count[0] == 0 ? null : count);
    }

    /** The EIDs with entries, at some moment of the call. */
    Set<Eid> eids() {
        return counts.keySet();
    }
}
