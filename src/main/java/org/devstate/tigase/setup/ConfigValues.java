// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tigase.conf.ConfigReader;

/** The values that Tigase reads from a configuration text: each by the keys that lead to it, with slashes between them. */
final class ConfigValues {

    private ConfigValues() {}

    /**
     * Reads the values with Tigase's own reader. The class of a bean, and whether it is active, are values, too.
     *
     * @throws IllegalStateException if it cannot read the text; the message has the reason
     */
    static Map<String, Object> of(ConfigText config) {
        try {
            return new TreeMap<>(ConfigReader.flatTree(new ConfigReader().read(new StringReader(config.text()))));
        } catch (ConfigReader.UnsupportedOperationException e) {
            throw new IllegalStateException(
                    "line " + e.getLine() + ": " + e.getMessage() + ": "
                            + e.getLineContent().strip(),
                    e);
        } catch (ConfigReader.InvalidFormatException e) {
            throw new IllegalStateException("a brace, bracket or quote is not closed", e);
        } catch (IOException | ConfigReader.ConfigException | RuntimeException e) {
            throw new IllegalStateException("Tigase cannot read it: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalStateException if Tigase reads other values from the text than those expected */
    static void check(ConfigText config, Map<String, Object> expected) {
        Map<String, Object> found = of(config);
        Set<String> different = new TreeSet<>(expected.keySet());
        different.addAll(found.keySet());
        different.removeIf(key -> found.containsKey(key) == expected.containsKey(key)
                && Objects.equals(found.get(key), expected.get(key)));
        if (!different.isEmpty()) {
            throw new IllegalStateException("it is written in a way that cannot be changed here without changing "
                    + String.join(", ", different) + "; change it by hand");
        }
    }
}
