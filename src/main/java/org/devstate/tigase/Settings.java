package org.devstate.tigase;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.access.Policy;
import org.devstate.core.limits.Limits;
import org.devstate.core.store.WriteInterval;

/**
 * The settings of the plugin, all of them right.
 *
 * @param policy the sites of all services that have none of their own
 * @param virtualHosts what single services have of their own, and in common
 * @param limits how much each account may ask
 * @param storeIntervalMs how long a change may wait until it is written, in milliseconds
 * @param address where the Asterisk of a new server finds this one
 */
record Settings(Policy policy, VirtualHosts virtualHosts, Limits limits, long storeIntervalMs, ServerAddress address) {

    /** Nobody is let in. */
    static final Settings CLOSED = new Settings(
            Policy.CLOSED, VirtualHosts.ALIKE, Limits.DEFAULT, WriteInterval.DEFAULT_MS, ServerAddress.DEFAULT);

    /** The same with that of single services. */
    Settings withVirtualHosts(VirtualHosts hosts) {
        return new Settings(policy, hosts, limits, storeIntervalMs, address);
    }

    /** The sites in the configuration of the service that is known by {@code address}. */
    Policy policyOf(String address) {
        return virtualHosts.policies().getOrDefault(address, policy);
    }

    /** How many entries one account may have. */
    int entriesOfAnAccount() {
        int ofSites = Stream.concat(Stream.of(policy), virtualHosts.policies().values().stream())
                .flatMap(each -> each.sites().stream())
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
