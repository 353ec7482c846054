package org.devstate.tigase.settings;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
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
public record PluginSettings(
        Policy policy, VirtualHosts virtualHosts, Limits limits, long storeIntervalMs, ServerAddress address) {

    /** Nobody is let in. */
    public static final PluginSettings CLOSED = new PluginSettings(
            Policy.CLOSED, VirtualHosts.ALIKE, Limits.DEFAULT, WriteInterval.DEFAULT_MS, ServerAddress.DEFAULT);

    /** The same with that of single services. */
    public PluginSettings withVirtualHosts(VirtualHosts hosts) {
        return new PluginSettings(policy, hosts, limits, storeIntervalMs, address);
    }

    /** The sites in the configuration of the service that is known by {@code address}. */
    public Policy policyOf(String address) {
        return virtualHosts.policies().getOrDefault(address, policy);
    }

    /** How many entries one account may have. */
    public int entriesOfAnAccount() {
        int ofSites = Stream.concat(Stream.of(policy), virtualHosts.policies().values().stream())
                .flatMap(each -> each.sites().stream())
                .mapToInt(site -> site.tuning().entries())
                .max()
                .orElse(Limits.MAX_ENTRIES);
        return Math.min(limits.entriesPerAccount(), ofSites);
    }

    /** What a reading of the configuration comes to. */
    public sealed interface Reading {

        record Right(PluginSettings settings) implements Reading {}

        /** Everything that is wrong, a line each. */
        record Wrong(List<String> faults) implements Reading {

            public Wrong {
                faults = List.copyOf(faults);
            }
        }
    }
}
