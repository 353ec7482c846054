// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a YAML file and its values. A path leads to a value by keys and, in lists, numbers. A change inserts text, which is then read
 * again. Immutable.
 */
final class YamlText {

    private final Path file;
    private final String text;
    private final MappingNode root;

    private YamlText(Path file, String text) throws Failure {
        this.file = file;
        this.text = text;
        this.root = YamlReader.read(file, text);
    }

    /** @throws Failure if it cannot be understood */
    static YamlText of(Path file, String text) throws Failure {
        return new YamlText(file, text);
    }

    String text() {
        return text;
    }

    /** The value at that path: a text, a list or a map; {@code null} if there is none, or an empty one. */
    @Nullable
    Object value(Object... path) {
        Node node = node(List.of(path));
        return node == null || isEmpty(node) ? null : YamlReader.value(node);
    }

    /** The map at that path; an empty one if there is none. */
    Map<?, ?> map(Object... path) {
        return value(path) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The texts of the list at that path, or the only text. */
    List<String> texts(Object... path) {
        Object value = value(path);
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value instanceof String only ? List.of(only) : List.of();
    }

    /** The place of the value at that path, or of the nearest one above, for people. */
    String place(Object... path) {
        List<Object> keys = new ArrayList<>(List.of(path));
        while (node(keys) == null) {
            keys.remove(keys.size() - 1);
        }
        Node node = node(keys);
        return file + ", line " + (node == null ? 1 : YamlReader.line(node));
    }

    private @Nullable Node node(List<?> path) {
        Node node = root;
        for (Object key : path) {
            if (node instanceof MappingNode map) {
                NodeTuple entry = YamlReader.entry(map, key.toString());
                node = entry == null ? null : entry.getValueNode();
            } else if (node instanceof SequenceNode list && key instanceof Integer number) {
                node = number < list.getValue().size() ? list.getValue().get(number) : null;
            } else {
                return null;
            }
        }
        return node;
    }

    private static boolean isEmpty(Node node) {
        return !(node instanceof CollectionNode)
                && YamlReader.value(node).toString().isEmpty();
    }

    /** With an entry more in the map at that path. If there is no such map, it is made. */
    YamlText put(List<?> path, String key, Object value) throws Failure {
        Node node = node(path);
        if (node == null) {
            List<?> above = path.subList(0, path.size() - 1);
            return put(above, path.get(path.size() - 1).toString(), Map.of(key, value));
        }
        Object expected = YamlReader.value(root);
        if (isEmpty(node)) {
            Object parent = at(expected, path.subList(0, path.size() - 1));
            put(parent, path.get(path.size() - 1), Map.of(key, value));
            return insert(index(node), " " + YamlWriter.flow(Map.of(key, value)), expected);
        }
        put(at(expected, path), key, value);
        return add((CollectionNode<?>) node, key, value, expected);
    }

    /** With an item more in the list at that path. */
    @SuppressWarnings("unchecked")
    YamlText append(List<?> path, Object value) throws Failure {
        Object expected = YamlReader.value(root);
        ((List<Object>) at(expected, path)).add(plain(value));
        Node node = node(path);
        if (node == null) {
            throw new IllegalArgumentException("no list at " + path);
        }
        return add((CollectionNode<?>) node, null, value, expected);
    }

    /** With another key for an entry of the map at that path. */
    @SuppressWarnings("unchecked")
    YamlText rename(List<?> path, String from, String to) throws Failure {
        NodeTuple entry = node(path) instanceof MappingNode map ? YamlReader.entry(map, from) : null;
        if (entry == null) {
            throw new IllegalArgumentException("no entry " + from + " at " + path);
        }
        Object expected = YamlReader.value(root);
        Map<String, Object> renamed = (Map<String, Object>) at(expected, path);
        renamed.put(to, renamed.remove(from));
        return replace(entry.getKeyNode(), to, expected);
    }

    /** With another text at that path. */
    YamlText set(List<?> path, String to) throws Failure {
        Node node = node(path);
        if (node == null) {
            throw new IllegalArgumentException("nothing at " + path);
        }
        Object expected = YamlReader.value(root);
        put(at(expected, path.subList(0, path.size() - 1)), path.get(path.size() - 1), to);
        return replace(node, to, expected);
    }

    private YamlText add(CollectionNode<?> node, @Nullable String key, Object value, Object expected) throws Failure {
        if (node.getFlowStyle() == FlowStyle.FLOW) {
            String added = (key == null ? "" : YamlWriter.flow(key) + ": ") + YamlWriter.flow(value);
            Node last = last(node);
            return last == null
                    ? insert(index(node) - 1, added, expected)
                    : insert(index(last), ", " + added, expected);
        }
        String indent = " ".repeat(node.getStartMark().getColumn());
        String lines = key == null ? YamlWriter.item(value, indent) : YamlWriter.entry(key, value, indent);
        int end = end(node);
        if (end > 0 && text.charAt(end - 1) == '\n') {
            return insert(end, lines + "\n", expected);
        }
        int lineEnd = text.indexOf('\n', end);
        return insert(lineEnd < 0 ? text.length() : lineEnd, "\n" + lines, expected);
    }

    /** The place behind a value, without the comments and blank lines that follow it. */
    private int end(Node node) {
        Node last = node instanceof CollectionNode<?> all && all.getFlowStyle() != FlowStyle.FLOW ? last(all) : null;
        return last == null ? index(node) : end(last);
    }

    private static @Nullable Node last(CollectionNode<?> node) {
        List<?> items = node.getValue();
        Object last = items.isEmpty() ? null : items.get(items.size() - 1);
        return last instanceof NodeTuple entry ? entry.getValueNode() : (Node) last;
    }

    private int index(Node node) {
        return text.offsetByCodePoints(0, node.getEndMark().getIndex());
    }

    private YamlText replace(Node node, String to, Object expected) throws Failure {
        int start = text.offsetByCodePoints(0, node.getStartMark().getIndex());
        return checked(text.substring(0, start) + YamlWriter.flow(to) + text.substring(index(node)), expected);
    }

    private YamlText insert(int at, String added, Object expected) throws Failure {
        return checked(text.substring(0, at) + added + text.substring(at), expected);
    }

    private YamlText checked(String changed, Object expected) throws Failure {
        YamlText result = new YamlText(file, changed);
        if (!YamlReader.value(result.root).equals(expected)) {
            throw Failure.usage(file + " is written in a way that setup cannot change safely, and nothing was changed;"
                    + " make the changes by hand: the guide install-component.md has the lines");
        }
        return result;
    }

    private static Object at(Object values, List<?> path) {
        Object value = values;
        for (Object key : path) {
            Object deeper = value instanceof List<?> list && key instanceof Integer number
                    ? list.get(number)
                    : value instanceof Map<?, ?> map ? map.get(key) : null;
            if (deeper == null) {
                throw new IllegalArgumentException("nothing at " + path);
            }
            value = deeper;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static void put(Object parent, Object key, Object value) {
        if (key instanceof Integer number) {
            ((List<Object>) parent).set(number, plain(value));
        } else {
            ((Map<String, Object>) parent).put(key.toString(), plain(value));
        }
    }

    /** The value as it is read again: numbers are texts there. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(String.valueOf(key), plain(each)));
            return plain;
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(YamlText::plain).toList())
                : value.toString();
    }
}
