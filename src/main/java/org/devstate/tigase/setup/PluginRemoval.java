// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.tigase.DeviceStatePubSub;
import tigase.kernel.beans.config.ConfigField;

/**
 * A configuration of Tigase's that the plugin is removed from: the lines of {@link PluginConfiguration} go, and the plugin's own
 * settings. Everything that was there before the plugin, or that others have changed since, stays. Immutable.
 */
final class PluginRemoval {

    private static final List<String> C2S = List.of("c2s");
    /** Changes nothing, and is no value therefore. */
    private static final List<String> SEE_OTHER_HOST = List.of("c2s", "seeOtherHost");

    private static final List<String> GATE = List.of("c2s", "asterisk-gate");

    private final ConfigText config;
    private final Map<String, Object> values;
    private final ConfigText before;
    private final Map<String, Object> valuesBefore;

    /** @param before the configuration when the plugin was added; empty if that is unknown */
    PluginRemoval(ConfigText config, ConfigText before) {
        this.config = config;
        this.values = ConfigValues.of(config);
        this.before = before;
        this.valuesBefore = ConfigValues.of(before);
    }

    /** @throws IllegalStateException if it cannot be removed without another change */
    ConfigText removed() {
        ConfigText without = config;
        Map<String, Object> expected = new TreeMap<>(values);
        for (List<String> path : ours()) {
            if (without.find(path).isPresent()) {
                without = without.delete(path);
            }
            String name = String.join("/", path);
            expected.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "/"));
        }
        if (isIn()) {
            without = without.withHeader(PluginLines.PUBSUB, " " + headerBefore());
            restore(expected, "pubsub/class");
            restore(expected, "pubsub/active");
            if (!headerBefore().isEmpty()) {
                expected.putIfAbsent("pubsub/active", "true"); // as every bean is by default
            }
        }
        without = withoutEmpty(without, PluginLines.PUBSUB, expected);
        without = withoutEmpty(without, C2S, expected);
        ConfigValues.check(without, expected);
        return without;
    }

    private boolean isIn() {
        return PluginLines.CLASS.equals(values.get("pubsub/class"));
    }

    private String headerBefore() {
        boolean known =
                before.find(PluginLines.PUBSUB).filter(ConfigEntry::hasBody).isPresent()
                        && !PluginLines.CLASS.equals(valuesBefore.get("pubsub/class"));
        return known ? before.header(PluginLines.PUBSUB) : "()";
    }

    private void restore(Map<String, Object> expected, String key) {
        expected.remove(key);
        Optional.ofNullable(valuesBefore.get(key))
                .filter(value -> !value.equals(PluginLines.CLASS))
                .ifPresent(value -> expected.put(key, value));
    }

    /** A bean without entries that was not there before is as good as none. */
    private ConfigText withoutEmpty(ConfigText text, List<String> path, Map<String, Object> expected) {
        String name = String.join("/", path);
        if (!text.bodyIsBlank(path)
                || !text.header(path).equals("()")
                || before.find(path).isPresent()) {
            return text;
        }
        expected.remove(name + "/active");
        return text.delete(path);
    }

    private Set<List<String>> ours() {
        Set<List<String>> paths = new LinkedHashSet<>();
        paths.add(GATE);
        if (config.bodyIsBlank(SEE_OTHER_HOST)
                && config.header(SEE_OTHER_HOST).isEmpty()
                && before.find(SEE_OTHER_HOST).isEmpty()) {
            paths.add(SEE_OTHER_HOST);
        }
        if (isIn()) {
            ownSettings().forEach(key -> paths.add(List.of("pubsub", key)));
        }
        Map<String, Object> lines = ConfigValues.of(PluginLines.with(List.of()));
        lines.forEach((key, value) -> {
            boolean isBean = key.endsWith("/class") || key.endsWith("/active");
            if (!isBean && Objects.equals(values.get(key), value) && !valuesBefore.containsKey(key)) {
                paths.add(List.of(key.split("/", -1)));
            }
        });
        return paths;
    }

    private Set<String> ownSettings() {
        Set<String> keys = config.entries(PluginLines.PUBSUB).stream()
                .map(ConfigEntry::key)
                .filter(key -> key.startsWith("asterisk-") || key.startsWith("devstate-"))
                .collect(Collectors.toSet());
        Stream.<Class<?>>iterate(
                        DeviceStatePubSub.class,
                        type -> type.getName().startsWith("org.devstate."),
                        Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .map(field -> field.getAnnotation(ConfigField.class))
                .filter(Objects::nonNull)
                .forEach(field -> keys.add(field.alias()));
        return keys;
    }
}
