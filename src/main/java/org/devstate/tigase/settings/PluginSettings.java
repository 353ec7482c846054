// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.settings.Settings;

/**
 * The settings of the plugin, all of them valid.
 *
 * @param policy the sites of all services that have none of their own
 * @param virtualHosts the settings of single services, and which services share one
 * @param limits of each account
 * @param storeIntervalMs how long a change may wait until it is written, in milliseconds
 * @param address the address of this server for the Asterisk of a new server
 * @param ordinaryNodesInCluster whether users may have other PubSub nodes in cluster mode
 */
public record PluginSettings(
        Policy policy,
        VirtualHosts virtualHosts,
        Limits limits,
        long storeIntervalMs,
        ServerAddress address,
        boolean ordinaryNodesInCluster) {

    /** No account is admitted. */
    public static final PluginSettings CLOSED = new PluginSettings(
            Policy.CLOSED,
            VirtualHosts.ALIKE,
            Limits.DEFAULT,
            Settings.WRITE_INTERVAL.type().fallback(),
            ServerAddress.DEFAULT,
            false);

    /** The same with that of single services. */
    public PluginSettings withVirtualHosts(VirtualHosts hosts) {
        return new PluginSettings(policy, hosts, limits, storeIntervalMs, address, ordinaryNodesInCluster);
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
                .orElse(Settings.SITE_ENTRIES.type().most());
        return Math.min(limits.entriesPerAccount(), ofSites);
    }

    /** The result of a reading of the configuration. */
    public sealed interface SettingsResult {

        record ValidSettings(PluginSettings settings) implements SettingsResult {}

        /** Everything that is wrong, a line each. */
        record InvalidSettings(List<String> faults) implements SettingsResult {

            public InvalidSettings {
                faults = List.copyOf(faults);
            }
        }
    }
}
