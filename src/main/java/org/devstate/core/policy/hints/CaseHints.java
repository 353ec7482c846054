// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.hints;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.ReceiveRule;
import org.devstate.core.policy.Rule;
import org.devstate.core.policy.Site;

/** Finds names and rules that would match but for upper and lower case. Stateless. */
public final class CaseHints {

    private CaseHints() {}

    /**
     * The rules on the way from one site to another that would decide on an item if case did not matter, and do not match it: a line for
     * a person each. None of a rule that stands behind the one that decides.
     */
    public static List<String> ofRules(Site from, Site to, NodeType node, String id) {
        List<String> hints = new ArrayList<>();
        for (int i = 0; i < from.publish().size(); i++) {
            Rule rule = from.publish().get(i);
            if (rule.matches(node, id)) {
                break;
            }
            if (rule.matchesIgnoringCase(node, id)) {
                hints.add(hint("publish", i, from, rule, id));
            }
        }
        for (int i = 0; i < to.receive().size(); i++) {
            ReceiveRule rule = to.receive().get(i);
            if (rule.matches(from.name(), node, id)) {
                break;
            }
            if (rule.from().matches(from.name()) && rule.rule().matchesIgnoringCase(node, id)) {
                hints.add(hint("receive", i, to, rule, id));
            }
        }
        return hints;
    }

    private static String hint(String list, int index, Site site, Object rule, String id) {
        return "only the case keeps " + list + " rule " + (index + 1) + " of " + site.name() + " (" + rule
                + ") from matching " + id;
    }

    /**
     * The hint for a name without entries.
     *
     * @param others names with entries that differ from it in upper and lower case only
     */
    public static String ofUnknown(String id, Collection<String> others) {
        return "No entry for " + id + ofKnown(others);
    }

    /**
     * The hint for a name or a glob that no entry matches; empty if there is none.
     *
     * @param others names with entries that it would match if case did not matter
     */
    public static String ofKnown(Collection<String> others) {
        return others.isEmpty()
                ? ""
                : "; names are case-sensitive, and " + String.join(" and ", others)
                        + (others.size() == 1 ? " exists" : " exist");
    }
}
