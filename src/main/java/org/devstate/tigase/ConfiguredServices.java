// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.devstate.tigase.settings.PluginSettings;
import org.devstate.tigase.settings.VirtualHosts;
import org.devstate.tigase.settings.WrittenSettings;
import tigase.kernel.beans.config.AbstractBeanConfigurator;
import tigase.kernel.beans.config.BeanConfigurator;
import tigase.kernel.beans.config.ConfigField;
import tigase.kernel.core.Kernel;

/** The settings of the plugin that are about several virtual hosts: each has a service, at {@code pubsub.} and its name. */
abstract class ConfiguredServices extends ConfiguredPubSub {

    @ConfigField(
            desc =
                    "Sites of single services, by their addresses, in place of those for all. Each virtual host has a service "
                            + "of its own, at 'pubsub.' and its name. Values: for each address, lines as in sites.policy. Default: none.",
            alias = "policies")
    private Map<String, String[]> policies = Map.of();

    @ConfigField(
            desc =
                    "Addresses that are one service, so that servers of several domains share their states. State is stored "
                            + "under the first address. It is read at start-up only. Values: addresses of services, two or more. "
                            + "Default: none.",
            alias = "shared-services")
    private String[] sharedServices = {};

    @Override
    final PluginSettings.SettingsResult readSettings() {
        List<String> wrong = new ArrayList<>();
        VirtualHosts hosts = VirtualHosts.read(policies, sharedServices, wrong);
        PluginSettings.SettingsResult others = super.readSettings();
        if (others instanceof PluginSettings.SettingsResult.InvalidSettings more) {
            wrong.addAll(0, more.faults());
        }
        return others instanceof PluginSettings.SettingsResult.ValidSettings right && wrong.isEmpty()
                ? new PluginSettings.SettingsResult.ValidSettings(
                        right.settings().withVirtualHosts(hosts))
                : new PluginSettings.SettingsResult.InvalidSettings(wrong);
    }

    /** The settings of the component that {@code kernel} is made for, as they are written in the configuration. */
    static WrittenSettings written(Kernel kernel) {
        Object own = configuration(kernel).get(kernel.getName());
        return new WrittenSettings(fieldTypes(), own instanceof Map<?, ?> map ? map : Map.of());
    }

    /** All settings of the server, as they are written in the configuration. */
    static Map<String, ?> configuration(Kernel kernel) {
        if (!kernel.isBeanClassRegistered(BeanConfigurator.DEFAULT_CONFIGURATOR_NAME)) {
            return Map.of();
        }
        AbstractBeanConfigurator all = kernel.getInstance(BeanConfigurator.DEFAULT_CONFIGURATOR_NAME);
        return all.getProperties();
    }

    /** Maps the name of each of our settings to its type. */
    private static Map<String, Class<?>> fieldTypes() {
        Map<String, Class<?>> types = new HashMap<>();
        for (Class<?> owner : List.of(ConfiguredPubSub.class, ConfiguredServices.class)) {
            for (Field field : owner.getDeclaredFields()) {
                ConfigField setting = field.getAnnotation(ConfigField.class);
                if (setting != null) {
                    types.put(setting.alias(), field.getType());
                }
            }
        }
        return types;
    }
}
