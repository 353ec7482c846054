// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * A policy made ready for use: the site of each account, and the audience of each class of items, are determined once and then looked up,
 * without allocating anything. At most {@value #MOST} accounts and as many items are remembered; others are determined each time.
 * Thread-safe.
 */
public final class CompiledPolicy {

    /** How many accounts are remembered. */
    static final int MOST = ItemRules.MOST;

    /** The siteIndex of an account that is in no site. */
    private static final int NO_SITE = -1;

    /** There is no such rule. */
    private static final int NONE = -1;

    /** Up to so many rules, a look at them is faster than a look-up. */
    private static final int FEW = 8;

    private final Policy policy;
    private final int[] lastActing;
    private final Map<Account, Integer> siteIndexes = new ConcurrentHashMap<>();
    private final Map<NodeType, ItemRules> rules = new EnumMap<>(NodeType.class);
    private final Audience none = Audience.none(this);

    /** The audiences that there are, each once. */
    private final Map<Audience, Audience> distinct = new ConcurrentHashMap<>();

    /** The first site that lists an EID. */
    private final Map<Eid, Site> listed = new HashMap<>();

    public CompiledPolicy(Policy policy) {
        this.policy = policy;
        this.lastActing = new int[policy.sites().size()];
        for (NodeType node : NodeType.values()) {
            rules.put(node, new ItemRules(policy.sites(), node));
        }
        for (int i = 0; i < policy.sites().size(); i++) {
            lastActing[i] = lastActing(policy.sites().get(i));
            if (policy.sites().get(i).eids() instanceof EidRule.Listed list) {
                for (Eid eid : list.eids()) {
                    listed.putIfAbsent(eid, policy.sites().get(i));
                }
            }
        }
    }

    public Policy policy() {
        return policy;
    }

    /** Whether the account of {@code jid} is in a site. */
    public boolean admits(Jid jid) {
        return siteIndex(jid) != NO_SITE;
    }

    /** The site of an account; {@code null} if it is in none. */
    public @Nullable Site siteOf(Jid jid) {
        int siteIndex = siteIndex(jid);
        return siteIndex == NO_SITE ? null : policy.sites().get(siteIndex);
    }

    /** The tuning of the account of {@code jid}; the default if it is in no site. */
    public Site.Tuning tuning(Jid jid) {
        Site site = siteOf(jid);
        return site == null ? Site.Tuning.DEFAULT : site.tuning();
    }

    /** The site that an EID is reserved for; {@code null} if it is for any. */
    public @Nullable Site siteThatLists(Eid eid) {
        return listed.get(eid);
    }

    /** The audience of an item of that publisher's. Equal ones are the same object. */
    public Audience audience(Jid publisher, NodeType node, String id) {
        int from = siteIndex(publisher);
        return from == NO_SITE ? none : audience(from, rulesOf(node), id);
    }

    private Audience audience(int from, ItemRules itemRules, String id) {
        ItemRules.ItemClass items = itemRules.classOf(id);
        Audience audience = items.audience(from);
        if (audience == null) {
            audience = decide(from, itemRules, items);
            items.setAudience(from, audience);
        }
        return audience;
    }

    private ItemRules rulesOf(NodeType node) {
        return Objects.requireNonNull(rules.get(node));
    }

    /**
     * The action of the publisher's site for an item, if its publish rules do more than allow or deny it: drop it or make it cachable.
     * Else {@link Rule.Action#ALLOW}, whatever its audience. Allocates nothing for an item that was asked before.
     */
    public Rule.Action action(Jid publisher, NodeType node, String id) {
        int from = siteIndex(publisher);
        int last = from == NO_SITE ? NONE : lastActing[from];
        if (last == NONE) {
            return Rule.Action.ALLOW;
        }
        Rule.Action action = last < FEW
                ? firstAction(policy.sites().get(from).publish(), last, node, id)
                : audience(publisher, node, id).action();
        return action == Rule.Action.DENY ? Rule.Action.ALLOW : action;
    }

    /** Whether a rule of any site drops items. */
    public boolean drops() {
        return policy.sites().stream()
                .flatMap(site -> site.publish().stream())
                .anyMatch(rule -> rule.action() == Rule.Action.DROP);
    }

    private static Rule.Action firstAction(List<Rule> rules, int last, NodeType node, String id) {
        for (int i = 0; i <= last; i++) {
            if (rules.get(i).matches(node, id)) {
                return rules.get(i).action();
            }
        }
        return Rule.Action.ALLOW;
    }

    /** The last rule that does more than to allow or deny; those behind it need not be looked at for {@link #action}. */
    private static int lastActing(Site site) {
        for (int i = site.publish().size() - 1; i >= 0; i--) {
            Rule.Action action = site.publish().get(i).action();
            if (action == Rule.Action.DROP || action == Rule.Action.CACHABLE) {
                return i;
            }
        }
        return NONE;
    }

    private Audience decide(int from, ItemRules itemRules, ItemRules.ItemClass items) {
        int sites = policy.sites().size();
        Rule.Action action = itemRules.action(from, items);
        long[] admitted = new long[(sites + Long.SIZE - 1) / Long.SIZE];
        for (int to = 0; to < sites; to++) {
            if (action.allows() && !areSuspended(from, to) && itemRules.receives(to, from, items)) {
                admitted[to / Long.SIZE] |= 1L << to;
            }
        }
        Audience audience = new Audience(this, admitted, action);
        Audience same = distinct.putIfAbsent(audience, audience);
        return same == null ? audience : same;
    }

    /** Whether a suspension is between two sites, as in {@link Policy#reaches}. */
    private boolean areSuspended(int from, int to) {
        return isSuspended(from, from == to) || isSuspended(to, from == to);
    }

    private boolean isSuspended(int site, boolean isItself) {
        return switch (policy.sites().get(site).tuning().suspension()) {
            case NONE -> false;
            case FROM_OTHERS -> !isItself;
            case COMPLETE -> true;
        };
    }

    /** The place of the site of an account among all sites; negative if it is in none. */
    public int siteIndex(Jid jid) {
        Integer known = siteIndexes.get(jid.account());
        if (known != null) {
            return known;
        }
        Site site = policy.siteOf(jid);
        int siteIndex = site == null ? NO_SITE : policy.sites().indexOf(site);
        if (siteIndexes.size() < MOST) {
            siteIndexes.put(jid.account(), siteIndex);
        }
        return siteIndex;
    }
}
