// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML: the places of its values, and the values, of which each is a text, a list or a map. Stateless. */
final class YamlReader {

    private YamlReader() {}

    /**
     * Reads a text that is a map.
     *
     * @throws Failure if it is none, or has anchors or a key twice
     */
    static MappingNode read(Path file, String text) throws Failure {
        try {
            Node root = new Yaml().compose(new StringReader(text));
            if (root instanceof MappingNode map) {
                check(file, map);
                return map;
            }
        } catch (MarkedYAMLException e) {
            throw notUnderstood(file, line(e), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw notUnderstood(file, 1, String.valueOf(e.getMessage()));
        }
        throw notUnderstood(file, 1, "it has no settings");
    }

    private static int line(MarkedYAMLException thrown) {
        return thrown.getProblemMark() == null ? 1 : thrown.getProblemMark().getLine() + 1;
    }

    private static void check(Path file, Node node) throws Failure {
        if (node.getAnchor() != null) {
            throw notUnderstood(file, line(node), "the anchor &" + node.getAnchor());
        }
        if (node instanceof MappingNode map) {
            List<String> keys = new ArrayList<>();
            for (NodeTuple entry : map.getValue()) {
                Node key = entry.getKeyNode();
                if (!(key instanceof ScalarNode scalar)) {
                    throw notUnderstood(file, line(key), "a key that is no text");
                }
                if (keys.contains(scalar.getValue())) {
                    throw notUnderstood(file, line(key), "'" + scalar.getValue() + "' for the second time");
                }
                keys.add(scalar.getValue());
                check(file, key);
                check(file, entry.getValueNode());
            }
        }
        if (node instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                check(file, item);
            }
        }
    }

    private static Failure notUnderstood(Path file, int line, String thing) {
        return Failure.usage(file + ", line " + line + ": setup does not understand " + thing
                + ", and nothing was changed; correct it, or make the changes by hand: the guide install-component.md"
                + " has the lines");
    }

    /** The line of a value, from 1 on. */
    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** The value of a node. */
    static Object value(Node node) {
        if (node instanceof MappingNode map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.getValue().forEach(entry -> values.put(key(entry), value(entry.getValueNode())));
            return values;
        }
        if (node instanceof SequenceNode list) {
            List<Object> values = new ArrayList<>();
            list.getValue().forEach(item -> values.add(value(item)));
            return values;
        }
        return ((ScalarNode) node).getValue();
    }

    /** The key of an entry. */
    static String key(NodeTuple entry) {
        return ((ScalarNode) entry.getKeyNode()).getValue();
    }

    /** The entry of a map; {@code null} if it has none. */
    static @Nullable NodeTuple entry(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(entry -> key(entry).equals(key))
                .findFirst()
                .orElse(null);
    }
}
