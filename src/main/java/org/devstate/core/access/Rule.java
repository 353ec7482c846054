package org.devstate.core.access;

import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a site may publish, such as {@code allow device PJSIP/2*}.
 *
 * @param allow whether what it matches is allowed, or denied
 * @param node the kind of item that it is about; {@code null} for everything
 * @param id the names of the devices or mailboxes that it is about; any where it is about everything
 */
public record Rule(boolean allow, @Nullable NodeType node, Glob id) {

    /** Allows everything. */
    public static final Rule ALLOW_ALL = new Rule(true, null, Glob.ANY);

    /** @throws IllegalArgumentException where it is about everything of some names only */
    public Rule {
        if (node == null && !id.equals(Glob.ANY)) {
            throw new IllegalArgumentException("a rule about names is about devices or mailboxes: " + id);
        }
    }

    /** Whether the rule is about that item. */
    public boolean matches(NodeType itemNode, String itemId) {
        return node == null || (node == itemNode && id.matches(itemId));
    }

    String verb() {
        return allow ? "allow" : "deny";
    }

    /** What it is about, as the line is written. */
    String subject() {
        return node == null ? "*" : (node == NodeType.DEVICE_STATE ? "device " : "mailbox ") + id;
    }

    @Override
    public String toString() {
        return verb() + " " + subject();
    }
}
