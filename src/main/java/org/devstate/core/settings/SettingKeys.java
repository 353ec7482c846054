// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.settings;

/**
 * What a setting is called in each place; empty if the place does not have it.
 *
 * @param component the path in {@code component.conf}
 * @param plugin the key in the bean {@code pubsub}
 * @param site the key in a site of a policy
 */
public record SettingKeys(String component, String plugin, String site) {

    static SettingKeys ofComponent(String key) {
        return new SettingKeys(key, "", "");
    }

    static SettingKeys ofPlugin(String key) {
        return new SettingKeys("", key, "");
    }

    static SettingKeys ofSite(String key) {
        return new SettingKeys("", "", key);
    }

    static SettingKeys ofHosts(String component, String plugin) {
        return new SettingKeys(component, plugin, "");
    }

    String in(SettingPlace place) {
        return switch (place) {
            case COMPONENT -> component;
            case PLUGIN -> plugin;
            case SITE -> site;
        };
    }
}
