// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes texts, numbers, lists and maps as YAML. Stateless. */
final class YamlWriter {

    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*|\\d+");

    private YamlWriter() {}

    /** On one line, in brackets and braces. */
    static String flow(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> flow(entry.getKey()) + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlWriter::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        String text = value.toString();
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** An entry of a map on lines of its own, without the end of the last one. */
    static String entry(String key, Object value, String indent) {
        return indent + flow(key) + ":" + behindColon(value, indent);
    }

    /** An item of a list on lines of its own, without the end of the last one. */
    static String item(Object value, String indent) {
        return value instanceof Map<?, ?> map && !map.isEmpty()
                ? indent + "-\n" + lines(map, indent + "  ")
                : indent + "- " + flow(value);
    }

    private static String behindColon(Object value, String indent) {
        String deeper = indent + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            return "\n" + lines(map, deeper);
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            return "\n" + list.stream().map(each -> item(each, deeper)).collect(Collectors.joining("\n"));
        }
        return " " + flow(value);
    }

    private static String lines(Map<?, ?> map, String indent) {
        return map.entrySet().stream()
                .map(entry -> entry(String.valueOf(entry.getKey()), entry.getValue(), indent))
                .collect(Collectors.joining("\n"));
    }
}
