// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

import java.util.List;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Glob;
import org.devstate.core.policy.ReceiveRule;
import org.devstate.core.policy.Rule;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a site. Stateless. */
final class RuleReader {

    private RuleReader() {}

    /** Reads the rest of a {@code publish} line; {@code null} if it is no rule, with the reason among {@code faults}. */
    static @Nullable Rule publishRule(PolicyLine line, List<PolicyError> faults) {
        Rule.Action action = action(line, "allow, deny, drop or cachable", faults);
        return action == null ? null : subject(action, line, faults);
    }

    /**
     * Reads the rest of a {@code receive} line; {@code null} if it is no rule, with the reason among {@code faults}.
     *
     * @param sites takes the name of the site and its place
     */
    static @Nullable ReceiveRule receiveRule(PolicyLine line, List<PolicyError> faults, SiteDraft.SiteNames sites) {
        Rule.Action action = action(line, "allow or deny", faults);
        if (action == null) {
            return null;
        }
        String site = line.word();
        if (!site.matches("[a-z0-9._*?-]+")) {
            faults.add(line.fault("after allow or deny comes the name of a site, or * for all, not '" + site
                    + "'; names of sites are in lower case"));
            return null;
        }
        sites.add(site, line.place());
        Rule rule = subject(action, line, faults);
        return rule == null ? null : new ReceiveRule(new Glob(site), rule);
    }

    private static Rule.@Nullable Action action(PolicyLine line, String words, List<PolicyError> faults) {
        String word = line.word();
        Rule.Action action = Rule.Action.of(word);
        if (action == null || !words.matches(".*\\b" + word + "\\b.*")) {
            faults.add(line.fault("a rule begins with " + words + ", not '" + word + "'"));
            return null;
        }
        return action;
    }

    private static @Nullable Rule subject(Rule.Action action, PolicyLine line, List<PolicyError> faults) {
        String kind = line.word();
        PolicyError noSubject = line.fault("a rule ends with *, device NAMES or mailbox NAMES, not '" + kind + "'");
        String names = line.rest();
        boolean all = kind.equals("*");
        if (!all && !kind.equals("device") && !kind.equals("mailbox")) {
            faults.add(noSubject);
        } else if (all && !names.isEmpty()) {
            faults.add(line.fault("nothing follows *; for some names only, write device or mailbox"));
        } else if (!all && names.isEmpty()) {
            faults.add(line.fault("'" + kind + "' needs the names that it matches, such as "
                    + (kind.equals("device") ? "PJSIP/2*" : "5*@default") + ", or * for all"));
        } else {
            NodeType node = all ? null : kind.equals("device") ? NodeType.DEVICE_STATE : NodeType.MESSAGE_WAITING;
            try {
                return new Rule(action, node, all ? Glob.ANY : new Glob(names));
            } catch (IllegalArgumentException e) {
                faults.add(line.fault(String.valueOf(e.getMessage())));
            }
        }
        return null;
    }
}
