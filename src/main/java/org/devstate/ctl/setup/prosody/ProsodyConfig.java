// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of all files together, as Prosody puts them together. Filled once, then only read. */
final class ProsodyConfig {

    /** The host for the settings above all hosts. */
    static final String GLOBAL = "*";

    private final Map<String, Map<String, ProsodySetting>> settings = new HashMap<>();
    private final Map<String, String> components = new LinkedHashMap<>();
    private final Map<String, Boolean> hosts = new LinkedHashMap<>();
    private boolean included;

    void set(String host, String name, ProsodySetting setting) {
        settings.computeIfAbsent(host, any -> new HashMap<>()).put(name, setting);
    }

    void addHost(String host) {
        hosts.put(host, true);
    }

    /** A component without a module is an external one. */
    void addComponent(String address, @Nullable String module) {
        if (module != null || !components.containsKey(address)) {
            components.put(address, module == null ? "component" : module);
        }
    }

    void setIncluded() {
        included = true;
    }

    /** Whether some line includes our file. */
    boolean isIncluded() {
        return included;
    }

    /** The virtual hosts, in the order of their first lines. */
    List<String> hosts() {
        return List.copyOf(hosts.keySet());
    }

    boolean hasHost(String host) {
        return hosts.containsKey(host);
    }

    /** The module of a component; {@code null} if there is no such component. */
    @Nullable
    String component(String address) {
        return components.get(address);
    }

    /** A setting of that host itself; {@code null} if it has none. */
    @Nullable
    ProsodySetting own(String host, String name) {
        return settings.getOrDefault(host, Map.of()).get(name);
    }

    /** A setting above all hosts; {@code null} if there is none. */
    @Nullable
    ProsodySetting global(String name) {
        return own(GLOBAL, name);
    }

    /** The texts of a list of that host itself. */
    List<String> texts(String host, String name) {
        ProsodySetting setting = own(host, name);
        return setting == null ? List.of() : LuaValue.texts(setting.value());
    }

    /** The first number of a setting above all hosts, which may be in a table. */
    int port(String name, int fallback) {
        ProsodySetting setting = global(name);
        LuaValue value = setting == null ? LuaValue.UNKNOWN : setting.value();
        if (value instanceof LuaValue.LuaTable table && !table.items().isEmpty()) {
            value = table.items().get(0);
        }
        return value instanceof LuaValue.LuaNumber amount ? (int) amount.number() : fallback;
    }

    static String normalized(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
