// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.devstate.core.model.NodeType;

/**
 * One line of a site's {@code receive} list, such as {@code deny berlin device *}.
 *
 * @param from the names of the sites whose items it matches
 * @param rule its action for them
 */
public record ReceiveRule(Glob from, Rule rule) {

    /** Allows everything from everywhere. */
    public static final ReceiveRule ALLOW_ALL = new ReceiveRule(Glob.ANY, Rule.ALLOW_ALL);

    /** Whether the rule is about that item of that site. */
    public boolean matches(String site, NodeType node, String id) {
        return from.matches(site) && rule.matches(node, id);
    }

    @Override
    public String toString() {
        return rule.action().word() + " " + from + " " + rule.subject();
    }
}
