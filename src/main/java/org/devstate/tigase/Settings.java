package org.devstate.tigase;

import java.util.List;
import org.devstate.core.access.Policy;
import org.devstate.core.limits.Limits;
import org.devstate.core.store.WriteInterval;

/**
 * The settings of the plugin, all of them right.
 *
 * @param policy the sites of the configuration
 * @param limits how much each account may ask
 * @param storeIntervalMs how long a change may wait until it is written, in milliseconds
 * @param address where the Asterisk of a new server finds this one
 */
record Settings(Policy policy, Limits limits, long storeIntervalMs, ServerAddress address) {

    /** Nobody is let in. */
    static final Settings CLOSED =
            new Settings(Policy.CLOSED, Limits.DEFAULT, WriteInterval.DEFAULT_MS, ServerAddress.DEFAULT);

    /** How many entries one account may have. */
    int entriesOfAnAccount() {
        int ofSites = policy.sites().stream()
                .mapToInt(site -> site.tuning().entries())
                .max()
                .orElse(Limits.MAX_ENTRIES);
        return Math.min(limits.entriesPerAccount(), ofSites);
    }

    /** What a reading of the configuration comes to. */
    sealed interface Reading {

        record Right(Settings settings) implements Reading {}

        /** Everything that is wrong, a line each. */
        record Wrong(List<String> faults) implements Reading {

            public Wrong {
                faults = List.copyOf(faults);
            }
        }
    }
}
