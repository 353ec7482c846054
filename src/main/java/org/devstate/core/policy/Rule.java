package org.devstate.core.policy;

import java.util.Locale;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a site may publish, such as {@code allow device PJSIP/2*}.
 *
 * @param action what is done with the items that it matches
 * @param node the kind of item that it is about; {@code null} for everything
 * @param id the names of the devices or mailboxes that it is about; any where it is about everything
 */
public record Rule(Action action, @Nullable NodeType node, Glob id) {

    /** What is done with an item that a rule matches. */
    public enum Action {
        /** It may be notified of. */
        ALLOW,
        /** It is stored, but nobody is notified of it. */
        DENY,
        /** It is acknowledged, and neither stored nor counted; nobody is notified of it. In {@code publish} rules only. */
        DROP,
        /** It may be notified of, and is stored even if its publisher says that it is non-cachable. In {@code publish} rules only. */
        CACHABLE;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** The word in a policy. */
        public String word() {
            return word;
        }

        /** Whether subscribers may be notified of what it is done with. */
        public boolean allows() {
            return this == ALLOW || this == CACHABLE;
        }

        /** The action of that word; {@code null} if there is none. */
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

    /** @throws IllegalArgumentException where it is about everything of some names only, or makes mailboxes cachable, which they are */
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

    /** What it is about, as the line is written. */
    String subject() {
        return node == null ? "*" : (node == NodeType.DEVICE_STATE ? "device " : "mailbox ") + id;
    }

    @Override
    public String toString() {
        return action.word() + " " + subject();
    }
}
