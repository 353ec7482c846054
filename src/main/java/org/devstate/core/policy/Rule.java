// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.Locale;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * One line of a site's {@code publish} list, such as {@code allow device PJSIP/2*}.
 *
 * @param action for the items that it matches
 * @param node the kind of items that it matches; {@code null} for everything
 * @param id the names of the devices or mailboxes that it matches; any if it matches everything
 */
public record Rule(Action action, @Nullable NodeType node, Glob id) {

    /** The action for an item that a rule matches. */
    public enum Action {
        /** It may be notified of. */
        ALLOW,
        /** It is stored, but no subscriber is notified of it. */
        DENY,
        /** It is acknowledged, and neither stored nor counted; no subscriber is notified of it. In {@code publish} rules only. */
        DROP,
        /**
         * Subscribers may be notified of it, and it is stored even if it is published as non-cachable. In {@code publish} rules only.
         */
        CACHABLE;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** Its name in a policy. */
        public String word() {
            return word;
        }

        /** Whether subscribers may be notified of an item with this action. */
        public boolean allows() {
            return this == ALLOW || this == CACHABLE;
        }

        /** The action of that name; {@code null} if there is none. */
        public static @Nullable Action of(String word) {
            for (Action action : values()) {
                if (action.word.equals(word)) {
                    return action;
                }
            }
            return null;
        }
    }

    /** Allows everything. */
    public static final Rule ALLOW_ALL = new Rule(Action.ALLOW, null, Glob.ANY);

    /** @throws IllegalArgumentException if it matches everything of some names only, or makes mailboxes cachable, which they are */
    public Rule {
        if (node == null && !id.equals(Glob.ANY)) {
            throw new IllegalArgumentException("a rule about names is about devices or mailboxes: " + id);
        }
        if (action == Action.CACHABLE && node != NodeType.DEVICE_STATE) {
            throw new IllegalArgumentException("only devices can be made cachable, such as 'cachable device DAHDI/*'");
        }
    }

    /** Whether the rule is about that item. */
    public boolean matches(NodeType itemNode, String itemId) {
        return node == null || (node == itemNode && id.matches(itemId));
    }

    /** Whether the rule would be about that item if upper and lower case did not differ. */
    public boolean matchesIgnoringCase(NodeType itemNode, String itemId) {
        return node == null || (node == itemNode && id.matchesIgnoringCase(itemId));
    }

    /** The items that it matches, as the line is written. */
    String subject() {
        return node == null ? "*" : (node == NodeType.DEVICE_STATE ? "device " : "mailbox ") + id;
    }

    @Override
    public String toString() {
        return action.word() + " " + subject();
    }
}
