// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** The configuration file (HOCON): a key for each option. All its errors are reported together. Used once. */
final class SettingsFile {

    /** Reads a value of the type that a key has. */
    private interface ValueReader {

        Object read(Config config, String key);
    }

    private static final Map<String, ValueReader> KEYS = keys();
    private static final Set<String> FILES = Set.of(
            "password-file", "trust-certificate", "serve.users", "serve.webhooks", "serve.certificate", "serve.key");

    /** The options of {@code devstatectl serve}, in a section of its own. */
    private static final String SERVE_TEXTS =
            "serve.listen serve.users serve.webhooks serve.certificate serve.key serve.title";

    private final Path file;
    private final Config config;
    private final List<String> faults = new ArrayList<>();

    private SettingsFile(Path file, Config config) {
        this.file = file;
        this.config = config;
    }

    private static Map<String, ValueReader> keys() {
        Map<String, ValueReader> keys = new LinkedHashMap<>();
        for (String text : List.of("service", "as", "password-file", "host")) {
            keys.put(text, Config::getString);
        }
        keys.put("port", Config::getInt);
        keys.put("trust-certificate", Config::getString);
        keys.put("timeout", Config::getInt);
        for (String text : SERVE_TEXTS.split(" ", -1)) {
            keys.put(text, Config::getString);
        }
        keys.put("serve.behind-proxy", Config::getBoolean);
        keys.put("serve.streams", Config::getInt);
        return keys;
    }

    /**
     * Reads the file that is named, else the first of {@code usual} that exists.
     *
     * @return its values, by their keys; files relative to it are resolved
     * @throws Failure if a named file is missing, or a key is unknown or has a value of another kind
     */
    static Map<String, Object> read(@Nullable Path named, List<Path> usual) throws Failure {
        if (named != null && !Files.isReadable(named)) {
            boolean missing = !Files.exists(named);
            throw Failure.usage((missing ? "No such file: " : "Permission denied: ") + named + "; --config names it");
        }
        Path file = named != null
                ? named
                : usual.stream().filter(Files::exists).findFirst().orElse(null);
        if (file == null) {
            return Map.of();
        }
        try {
            return new SettingsFile(file, ConfigFactory.parseFile(file.toFile()).resolve()).read();
        } catch (ConfigException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> read() throws Failure {
        Map<String, Object> settings = new LinkedHashMap<>();
        Set<String> present = new TreeSet<>();
        config.entrySet().forEach(entry -> present.add(entry.getKey()));
        for (String key : present) {
            Object value = value(key);
            if (value != null) {
                settings.put(
                        key,
                        FILES.contains(key)
                                ? file.resolveSibling(value.toString()).toString()
                                : value);
            }
        }
        if (!faults.isEmpty()) {
            throw Failure.usage(String.join(System.lineSeparator(), faults));
        }
        return settings;
    }

    /** Returns {@code null}, and notes a fault, if the value is invalid. */
    private @Nullable Object value(String key) {
        ValueReader reader = KEYS.get(key);
        if (reader == null) {
            faults.add(where(key) + ": unknown key '" + key + "'; known are " + String.join(", ", KEYS.keySet()));
            return null;
        }
        try {
            return reader.read(config, key);
        } catch (ConfigException e) {
            faults.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private String where(String key) {
        return file + ": line " + config.getValue(key).origin().lineNumber();
    }
}
