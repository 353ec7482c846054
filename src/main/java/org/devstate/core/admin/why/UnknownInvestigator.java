// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.facts.ClusterFacts;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Rule;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.hints.CaseHints;
import org.devstate.core.sessions.AccountSessions;
import org.devstate.core.state.NonCachableStates.NonCachableState;
import org.devstate.core.stats.RejectionHistory;
import org.jspecify.annotations.Nullable;

/** Finds why a device or mailbox has no entry. Used once. */
final class UnknownInvestigator {

    private final Operations operations;
    private final ClusterFacts facts;
    private final NodeType node;
    private final String id;

    UnknownInvestigator(Operations operations, ClusterFacts facts, Subject subject) {
        this.operations = operations;
        this.facts = facts;
        this.node = subject.node();
        this.id = subject.id();
    }

    /** @param rejection the last publish of it that was rejected; {@code null} if none was */
    Finding find(RejectionHistory.@Nullable Rejection rejection) {
        List<String> others = operations.entries().inOtherCase(node, id);
        if (!others.isEmpty()) {
            return Finding.of(
                    Cause.CASE,
                    CaseHints.ofUnknown(Phrases.item(node, id), others),
                    List.of(),
                    List.of("Write the name in the hint, or in state_interface, exactly as its server publishes it: "
                            + others.get(0)));
        }
        boolean device = node == NodeType.DEVICE_STATE;
        List<Entry> awaited = device ? operations.entries().awaited(id) : List.of();
        List<NonCachableState> nonCachable = facts.nonCachable();
        if (!awaited.isEmpty()) {
            return awaited(awaited.get(0).publisher().account());
        }
        if (!nonCachable.isEmpty()) {
            return nonCachable(nonCachable.get(nonCachable.size() - 1));
        }
        if (rejection != null) {
            return Finding.of(
                    Cause.REJECTED,
                    nothing() + ": the publish from " + rejection.from() + " at " + Phrases.time(rejection.atMs())
                            + " was rejected: " + rejection.reason(),
                    List.of(),
                    List.of("Remove the reason, then change the state on its server once: Asterisk does not repeat a"
                            + " rejected publish by itself"));
        }
        List<String> drops = drops();
        return drops.isEmpty() ? neverPublished() : dropped(drops);
    }

    private String nothing() {
        return "No entry for " + Phrases.item(node, id);
    }

    private Finding awaited(Account account) {
        AccountSessions sessions = facts.sessions(account);
        String until = sessions.graceUntilMs() == 0 ? "" : " until " + Phrases.time(sessions.graceUntilMs());
        return Finding.of(
                Cause.AWAITED,
                account + " published " + id + " before the service was restarted, and not since; hints show what they"
                        + " showed before, for the grace period" + until + ", and then the offline state",
                List.of(),
                List.of("Bring " + account
                        + " back: on it, asterisk -rx 'xmpp show connections' must show Connected; Asterisk then repeats its"
                        + " states"));
    }

    private Finding nonCachable(NonCachableState state) {
        return Finding.of(
                Cause.NON_CACHABLE,
                state.publisher().account() + " publishes " + id + " as non-cachable (last " + state.value() + " at "
                        + Phrases.time(state.atMs())
                        + "): that is delivered, but never stored; a queue elsewhere shows it, but no hint does",
                List.of(),
                List.of("Have it stored and delivered as cachable: in the site of "
                        + state.publisher().account() + ", a rule such as --publish 'cachable device " + id
                        + "' before the others"));
    }

    /** The rules that drop it, each with its site. */
    private List<String> drops() {
        List<String> drops = new ArrayList<>();
        for (Site site : operations.sites().policy().sites()) {
            Rule rule = site.publishRule(node, id);
            if (rule != null && rule.action() == Rule.Action.DROP) {
                drops.add(site.publishes(node, id).because());
            }
        }
        return drops;
    }

    private Finding dropped(List<String> drops) {
        return Finding.of(
                Cause.DROPPED,
                nothing() + ": a rule drops its publishes: " + drops.get(0),
                drops.subList(1, drops.size()),
                List.of("If it is to be shared, put an allow rule before that one: devstatectl edit-site"));
    }

    private Finding neverPublished() {
        List<String> further = new ArrayList<>();
        boolean device = node == NodeType.DEVICE_STATE;
        NodeType other = device ? NodeType.MESSAGE_WAITING : NodeType.DEVICE_STATE;
        if (!operations.entries().of(other, id).isEmpty()) {
            further.add("There is a " + (device ? "mailbox" : "device") + " of that name");
        }
        if (!device) {
            further.add("A restart of the service loses no mailbox, unless it has no database");
        }
        String since = device ? " since the service was started" : "";
        return Finding.of(
                Cause.NEVER_PUBLISHED,
                "No server has published " + Phrases.item(node, id) + since + ", or its entry was removed",
                further,
                List.of(
                        device
                                ? "On the server that has it: asterisk -rx 'core show hints' must list it, and its"
                                        + " state must change once after res_xmpp has logged in"
                                : "On the server that has it, a message must arrive or be read once: Asterisk does not"
                                        + " repeat mailboxes",
                        "devstatectl entries lists all names"));
    }
}
