// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The text of our own file: only settings that the other files do not have as they must be. Not thread-safe. */
final class OwnFile {

    static final String NAME = "devstate.cfg.lua";

    private static final String HEAD =
            """
            -- Written by devstatectl setup, for a component that Asterisk servers use. The guide install-component.md explains the lines.
            -- "devstatectl setup --undo" removes this file. Your own changes belong into other files.
            """;

    private final List<String> global = new ArrayList<>();
    private final List<String> ofHost = new ArrayList<>();
    private final List<String> ofComponent = new ArrayList<>();
    private boolean hasHost;

    void addGlobal(String name, LuaValue value) {
        global.add(name + " = " + LuaValue.write(value));
    }

    /** Makes the virtual host, even without a setting. */
    void needHost() {
        hasHost = true;
    }

    void addToHost(String name, List<String> texts) {
        hasHost = true;
        List<LuaValue> items = new ArrayList<>();
        texts.forEach(text -> items.add(new LuaValue.LuaText(text)));
        ofHost.add("  " + name + " = " + LuaValue.write(new LuaValue.LuaTable(items, Map.of())));
    }

    void setSecret(String secret) {
        ofComponent.add("  component_secret = " + LuaValue.quote(secret));
    }

    boolean isEmpty() {
        return global.isEmpty() && !hasHost && ofComponent.isEmpty();
    }

    String text(String domain, String address) {
        List<String> lines = new ArrayList<>(global);
        if (hasHost) {
            lines.add("VirtualHost " + LuaValue.quote(domain));
            lines.addAll(ofHost);
        }
        if (!ofComponent.isEmpty()) {
            lines.add("Component " + LuaValue.quote(address));
            lines.addAll(ofComponent);
        }
        return HEAD + String.join("\n", lines) + "\n";
    }
}
