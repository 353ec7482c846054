// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import org.devstate.core.policy.Glob;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for. Immutable.
 *
 * @param site of the publisher; empty for all
 * @param node the name of the node; empty for both
 * @param id over names
 * @param state over values
 */
public record EntrySelector(String site, String node, Glob id, Glob state) {

    /** All entries. */
    public static final EntrySelector ALL = new EntrySelector("", "", Glob.ANY, Glob.ANY);

    /**
     * Reads a filter from its texts; {@code null} and blank ones restrict nothing.
     *
     * @throws IllegalArgumentException if one is invalid; the message begins with its name
     */
    public static EntrySelector of(
            @Nullable String site, @Nullable String node, @Nullable String id, @Nullable String state) {
        return new EntrySelector(
                site == null ? "" : site.strip(),
                node == null || node.isBlank() ? "" : node(node.strip()),
                glob("id", id),
                glob("state", state));
    }

    /**
     * The name of a node, also by the word that rules have for its content.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public static String node(String word) {
        return switch (word) {
            case "device", "device_state" -> "device_state";
            case "mailbox", "message_waiting" -> "message_waiting";
            default ->
                throw new IllegalArgumentException(
                        "node: must be device (device_state) or mailbox (message_waiting), not '" + word + "'");
        };
    }

    private static Glob glob(String name, @Nullable String pattern) {
        try {
            return pattern == null || pattern.isEmpty() ? Glob.ANY : new Glob(pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** Whether it asks for this entry. */
    public boolean matches(MirroredEntry entry) {
        return (site.isEmpty() || site.equals(entry.site()))
                && (node.isEmpty() || node.equals(entry.node()))
                && id.matches(entry.id())
                && state.matches(entry.value());
    }
}
