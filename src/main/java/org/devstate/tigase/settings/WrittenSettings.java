// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings of the bean {@code pubsub} as they are written in the configuration, before Tigase puts them into the fields of
 * {@code ConfiguredServices}. Tigase logs a value that does not fit with a stack trace, and starts without PubSub; it ignores a key
 * that has no field. Both are reported while that is still possible. Immutable.
 */
public final class WrittenSettings {

    private final Map<String, Class<?>> types;
    private final Map<String, Object> written = new TreeMap<>();

    /**
     * @param types of the fields, by the keys of our settings
     * @param written the settings by their keys, Tigase's own among them
     */
    public WrittenSettings(Map<String, Class<?>> types, Map<?, ?> written) {
        this.types = new TreeMap<>(types);
        written.forEach((key, value) -> this.written.put(String.valueOf(key), value));
    }

    /** A line for each key that was meant to be one of ours and is none. */
    public List<String> misspelt() {
        List<String> wrong = new ArrayList<>();
        KeySpellChecker spellChecker = new KeySpellChecker(types.keySet());
        for (String key : written.keySet()) {
            String meant = spellChecker.meant(key);
            if (meant != null) {
                wrong.add("pubsub '" + key + "': there is no such setting; is '" + meant + "' meant?");
            }
        }
        return wrong;
    }

    /** A line for each of our settings that Tigase could not put into its field, or would misread there. */
    public List<String> misshapen() {
        List<String> wrong = new ArrayList<>();
        types.forEach((key, type) -> {
            Object value = written.get(key);
            if (value == null) {
                return;
            }
            String name = "pubsub '" + key + "'";
            if (type == String.class) {
                checkValue(name, value, wrong);
            } else if (type == String[].class) {
                checkList(name, value, wrong);
            } else {
                checkBlock(name, value, wrong);
            }
        });
        return wrong;
    }

    private static void checkValue(String name, Object value, List<String> wrong) {
        if (value instanceof Collection<?> list) {
            wrong.add(name + ": must be one value, not a list: " + list);
        } else if (value instanceof Map<?, ?> block) {
            wrong.add(name + ": must be one value, not a block: " + block);
        }
    }

    /** A text alone is a list too, because Tigase splits it at its commas. */
    private static void checkList(String name, Object value, List<String> wrong) {
        if (value instanceof Map<?, ?> block) {
            wrong.add(name + ": must be a list of texts, [ 'a', 'b' ], not a block: " + block);
        } else if (value instanceof Collection<?> list) {
            list.stream()
                    .filter(element -> !isText(element))
                    .forEach(element -> wrong.add(
                            name + ": must be a list of texts, [ 'a', 'b' ]; this in it is none: " + element));
        }
    }

    /** An expression such as {@code env('ACCOUNT')} is none of these either. */
    private static boolean isText(Object element) {
        return Stream.of(Number.class, Boolean.class, Collection.class, Map.class)
                .noneMatch(other -> other.isInstance(element));
    }

    private static void checkBlock(String name, Object value, List<String> wrong) {
        if (value instanceof Map<?, ?> block) {
            block.forEach((key, list) -> checkList(name + " of '" + key + "'", list, wrong));
        } else {
            wrong.add(
                    name + ": must be a block of lists, { 'pubsub.example.net' = [ ... ] } on lines of their own, not: "
                            + value);
        }
    }
}
