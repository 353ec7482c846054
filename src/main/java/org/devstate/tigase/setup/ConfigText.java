// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.util.List;
import java.util.Optional;

/**
 * The text of a configuration file of Tigase's, which can be changed entry by entry: the rest stays as it is, comments and order
 * included. An entry is named by the keys that lead to it. Immutable.
 */
record ConfigText(String text) {

    /** The last one of that name, which is the one that counts. */
    Optional<ConfigEntry> find(List<String> path) {
        int from = 0;
        int to = text.length();
        Optional<ConfigEntry> found = Optional.empty();
        for (String key : path) {
            found = ConfigEntry.in(text, from, to).stream()
                    .filter(entry -> entry.key().equals(key))
                    .reduce((first, second) -> second);
            if (found.isEmpty()) {
                return found;
            }
            boolean hasBody = found.get().hasBody();
            from = hasBody ? found.get().open() + 1 : found.get().end();
            to = hasBody ? found.get().close() : found.get().end();
        }
        return found;
    }

    /** The entries in the body of one, or with an empty path those of the file. */
    List<ConfigEntry> entries(List<String> path) {
        if (path.isEmpty()) {
            return ConfigEntry.in(text, 0, text.length());
        }
        return find(path)
                .filter(ConfigEntry::hasBody)
                .map(entry -> ConfigEntry.in(text, entry.open() + 1, entry.close()))
                .orElse(List.of());
    }

    /** With whole lines put in: at the beginning of the body of an entry, or with an empty path at the end of the file. */
    ConfigText insert(List<String> path, String lines) {
        if (path.isEmpty()) {
            return new ConfigText(text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + lines);
        }
        ConfigEntry parent = withBody(path);
        int at = parent.open() + 1;
        String rest = text.substring(at, parent.close());
        int line = rest.indexOf('\n');
        if (line >= 0 && rest.substring(0, line).strip().matches("(#.*)?")) {
            return replace(at + line + 1, at + line + 1, lines);
        }
        return replace(at, at, "\n" + lines);
    }

    /** With an item more at the end of a list. */
    ConfigText append(List<String> path, String item) {
        ConfigEntry entry = find(path).orElseThrow();
        int close = text.indexOf(']', entry.keyEnd());
        String before = text.substring(0, Math.max(close, 0)).stripTrailing();
        return replace(before.length(), before.length(), (before.endsWith("[") ? " " : ", ") + item);
    }

    /** Without that entry; a body that is empty then is closed at once. */
    ConfigText delete(List<String> path) {
        ConfigEntry entry = find(path).orElseThrow();
        int start = entry.start();
        while (start > 0 && " \t".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        ConfigText without = replace(start, entry.end(), "");
        List<String> parent = path.subList(0, path.size() - 1);
        return parent.isEmpty() || !without.bodyIsBlank(parent) ? without : without.closed(parent);
    }

    private ConfigText closed(List<String> path) {
        ConfigEntry entry = withBody(path);
        return replace(entry.open() + 1, entry.close(), "");
    }

    boolean bodyIsBlank(List<String> path) {
        return find(path)
                .filter(entry -> entry.hasBody()
                        && text.substring(entry.open() + 1, entry.close()).isBlank())
                .isPresent();
    }

    /** The text between an entry's key and its body, such as {@code (active: true)}. */
    String header(List<String> path) {
        ConfigEntry entry = withBody(path);
        return text.substring(entry.keyEnd(), entry.open()).strip();
    }

    ConfigText withHeader(List<String> path, String header) {
        ConfigEntry entry = withBody(path);
        return replace(entry.keyEnd(), entry.open(), header + " ");
    }

    /** The whole lines of an entry. */
    String lines(List<String> path) {
        ConfigEntry entry = find(path).orElseThrow();
        int start = text.lastIndexOf('\n', entry.start()) + 1;
        return text.substring(start, entry.end());
    }

    private ConfigEntry withBody(List<String> path) {
        return find(path)
                .filter(ConfigEntry::hasBody)
                .orElseThrow(() -> new IllegalStateException(
                        "'" + String.join("/", path) + "' has no body in braces; change it by hand"));
    }

    private ConfigText replace(int from, int to, String by) {
        return new ConfigText(text.substring(0, from) + by + text.substring(to));
    }
}
