// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a configuration text in Tigase's DSL, by its places in that text: {@code key = value} or
 * {@code key (header) { body }}, from its first character to behind the end of its last line.
 *
 * @param key without quotes
 * @param keyEnd behind the key
 * @param open the brace that begins the body; -1 if there is none
 * @param close the brace that ends it
 */
record ConfigEntry(String key, int start, int keyEnd, int open, int close, int end) {

    private static final String ENDS_KEY = "=:({#\n,";

    boolean hasBody() {
        return open >= 0;
    }

    /** The entries that stand in {@code text} from one place to another, in their order; not those inside their bodies. */
    static List<ConfigEntry> in(String text, int from, int to) {
        List<ConfigEntry> entries = new ArrayList<>();
        int at = skipBetween(text, from, to);
        while (at < to) {
            ConfigEntry entry = at(text, at, to);
            entries.add(entry);
            at = skipBetween(text, entry.end, to);
        }
        return entries;
    }

    private static int skipBetween(String text, int from, int to) {
        int at = from;
        while (at < to
                && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ',' || text.charAt(at) == '#')) {
            at = text.charAt(at) == '#' ? lineEnd(text, at, to) : at + 1;
        }
        return at;
    }

    private static ConfigEntry at(String text, int start, int to) {
        int keyEnd = start;
        while (keyEnd < to && ENDS_KEY.indexOf(text.charAt(keyEnd)) < 0) {
            keyEnd = behind(text, keyEnd, to);
        }
        int open = -1;
        int close = -1;
        int depth = 0;
        int at = keyEnd;
        while (at < to && !(depth == 0 && endsEntry(text.charAt(at)))) {
            char c = text.charAt(at);
            if (c == '{' && depth == 0 && open < 0) {
                open = at;
            }
            depth += depthBehind(c);
            if (c == '}' && depth == 0 && close < 0) {
                close = at;
            }
            at = behind(text, at, to);
        }
        String key = text.substring(start, keyEnd).strip();
        String name = key.replaceAll("^['\"]|['\"]$", "");
        return new ConfigEntry(name, start, start + key.length(), open, close, Math.min(at + 1, to));
    }

    private static int depthBehind(char c) {
        return switch (c) {
            case '(', '[', '{' -> 1;
            case ')', ']', '}' -> -1;
            default -> 0;
        };
    }

    private static boolean endsEntry(char c) {
        return c == '\n' || c == ',';
    }

    /** The place after the element at {@code at}: a quoted text, a comment without the end of its line, or a character. */
    private static int behind(String text, int at, int to) {
        char c = text.charAt(at);
        if (c == '#') {
            return lineEnd(text, at, to);
        }
        if (c == '\'' || c == '"') {
            int quote = text.indexOf(c, at + 1);
            return quote < 0 || quote >= to ? to : quote + 1;
        }
        return at + 1;
    }

    private static int lineEnd(String text, int at, int to) {
        int end = text.indexOf('\n', at);
        return end < 0 || end > to ? to : end;
    }
}
