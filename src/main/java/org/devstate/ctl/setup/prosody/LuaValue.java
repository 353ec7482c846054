// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value in a configuration in Lua. */
sealed interface LuaValue {

    /** Something that only Lua itself can work out, or nil. */
    LuaValue UNKNOWN = new LuaUnknown();

    /** A string. */
    record LuaText(String text) implements LuaValue {}

    /** A number. */
    record LuaNumber(double number) implements LuaValue {}

    /** A boolean. */
    record LuaTruth(boolean isTrue) implements LuaValue {}

    /** A table: its items in their order, and its fields by their names. */
    record LuaTable(List<LuaValue> items, Map<String, LuaValue> fields) implements LuaValue {}

    /** See {@link #UNKNOWN}. */
    record LuaUnknown() implements LuaValue {}

    /** The texts among the items of a table; a single text counts as a table of it, as in Prosody. */
    static List<String> texts(LuaValue value) {
        if (value instanceof LuaText single) {
            return List.of(single.text());
        }
        return value instanceof LuaTable table
                ? table.items().stream()
                        .filter(LuaText.class::isInstance)
                        .map(item -> ((LuaText) item).text())
                        .toList()
                : List.of();
    }

    /** Whether no part of it is unknown. */
    static boolean isKnown(LuaValue value) {
        if (value instanceof LuaTable table) {
            return table.items().stream().allMatch(LuaValue::isKnown)
                    && table.fields().values().stream().allMatch(LuaValue::isKnown);
        }
        return !(value instanceof LuaUnknown);
    }

    /** Writes a known value on one line. */
    static String write(LuaValue value) {
        if (value instanceof LuaText text) {
            return quote(text.text());
        }
        if (value instanceof LuaNumber amount) {
            double number = amount.number();
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
        if (value instanceof LuaTruth truth) {
            return Boolean.toString(truth.isTrue());
        }
        if (value instanceof LuaTable table) {
            List<String> parts =
                    new ArrayList<>(table.items().stream().map(LuaValue::write).toList());
            table.fields().forEach((name, field) -> parts.add(key(name) + " = " + write(field)));
            return parts.stream().collect(Collectors.joining("; ", "{ ", " }"));
        }
        throw new IllegalArgumentException("an unknown value cannot be written");
    }

    /** Writes a text as a string of Lua. */
    static String quote(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    private static String key(String name) {
        return name.matches("[A-Za-z_]\\w*") ? name : "[" + quote(name) + "]";
    }
}
