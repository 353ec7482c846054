package org.devstate.tigase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tigase.kernel.beans.config.ConfigField;

/** The settings of the plugin that are about several virtual hosts: each has a service, at {@code pubsub.} and its name. */
abstract class ConfiguredServices extends ConfiguredPubSub {

    @ConfigField(
            desc = "Sites and their rules of single services, by their addresses, in the place of those for all",
            alias = "policies")
    private Map<String, String[]> policies = Map.of();

    @ConfigField(
            desc =
                    "Addresses that are one and the same service, kept under the first; each is one of its own when empty",
            alias = "shared-services")
    private String[] sharedServices = {};

    @Override
    final Settings.Reading readSettings() {
        List<String> wrong = new ArrayList<>();
        VirtualHosts hosts = VirtualHosts.read(policies, sharedServices, wrong);
        Settings.Reading others = super.readSettings();
        if (others instanceof Settings.Reading.Wrong more) {
            wrong.addAll(0, more.faults());
        }
        return others instanceof Settings.Reading.Right right && wrong.isEmpty()
                ? new Settings.Reading.Right(right.settings().withVirtualHosts(hosts))
                : new Settings.Reading.Wrong(wrong);
    }
}
