// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.index.AffixIndex;
import org.jspecify.annotations.Nullable;

/**
 * The rules of all sites for the items of one node. Each name is matched with a glob once, in however many rules that is; and names that the
 * same globs match are one class, on which every site decides the same. Thread-safe.
 */
final class ItemRules {

    /** How many names are remembered; others are matched each time. */
    static final int MOST = 200_000;

    /** The names that the same globs match. */
    static final class ItemClass {
        private final BitSet globs;
        private final AtomicReferenceArray<Audience> audiences;

        private ItemClass(BitSet globs, int sites) {
            this.globs = globs;
            this.audiences = new AtomicReferenceArray<>(sites);
        }

        /** The audience of these items of that site; {@code null} if it is not decided yet. */
        @Nullable
        Audience audience(int from) {
            return audiences.get(from);
        }

        /** Remembers the audience of these items of that site. */
        void setAudience(int from, Audience audience) {
            audiences.set(from, audience);
        }
    }

    private record PublishLine(int glob, Rule.Action action) {}

    /** @param from the sites whose items it is about */
    private record ReceiveLine(BitSet from, int glob, boolean allows) {}

    private final Map<Glob, Integer> numbers = new LinkedHashMap<>();
    private final List<Glob> globs;
    private final AffixIndex index = new AffixIndex();
    private final int sites;
    private final List<List<PublishLine>> publish = new ArrayList<>();
    private final List<List<ReceiveLine>> receive = new ArrayList<>();
    private final Map<String, ItemClass> classes = new ConcurrentHashMap<>();
    private final Map<BitSet, ItemClass> distinct = new ConcurrentHashMap<>();

    ItemRules(List<Site> sites, NodeType node) {
        this.sites = sites.size();
        Map<Glob, BitSet> named = new HashMap<>();
        for (Site site : sites) {
            publish.add(site.publish().stream()
                    .filter(rule -> isAbout(rule, node))
                    .map(rule -> new PublishLine(number(rule), rule.action()))
                    .toList());
            receive.add(site.receive().stream()
                    .filter(line -> isAbout(line.rule(), node))
                    .map(line -> new ReceiveLine(
                            named.computeIfAbsent(line.from(), glob -> sitesNamed(glob, sites)),
                            number(line.rule()),
                            line.rule().action().allows()))
                    .toList());
        }
        globs = List.copyOf(numbers.keySet());
        for (int i = 0; i < globs.size(); i++) {
            index.add(i, globs.get(i).start(), globs.get(i).end());
        }
    }

    private static BitSet sitesNamed(Glob glob, List<Site> sites) {
        BitSet named = new BitSet();
        for (int i = 0; i < sites.size(); i++) {
            named.set(i, glob.matches(sites.get(i).name()));
        }
        return named;
    }

    private static boolean isAbout(Rule rule, NodeType node) {
        return rule.node() == null || rule.node() == node;
    }

    /** A rule about everything has the glob that matches everything. */
    private int number(Rule rule) {
        return numbers.computeIfAbsent(rule.id(), glob -> numbers.size());
    }

    /** The class of an item of that name. Allocates nothing for a name that was asked before. */
    ItemClass classOf(String id) {
        ItemClass known = classes.get(id);
        if (known == null) {
            known = distinct.computeIfAbsent(matching(id), matching -> new ItemClass(matching, sites));
            if (classes.size() < MOST) {
                classes.put(id, known);
            }
        }
        return known;
    }

    private BitSet matching(String id) {
        BitSet matching = new BitSet();
        index.forEachCandidate(id, glob -> {
            if (globs.get(glob).matches(id)) {
                matching.set(glob);
            }
        });
        return matching;
    }

    /** The action of a site's publish rules for items of that class: that of the first rule that matches. */
    Rule.Action action(int from, ItemClass items) {
        for (PublishLine line : publish.get(from)) {
            if (items.globs.get(line.glob)) {
                return line.action;
            }
        }
        return Rule.Action.DENY;
    }

    /** Whether the receive rules of a site allow items of that class from another one. */
    boolean receives(int to, int from, ItemClass items) {
        for (ReceiveLine line : receive.get(to)) {
            if (items.globs.get(line.glob) && line.from.get(from)) {
                return line.allows;
            }
        }
        return false;
    }
}
