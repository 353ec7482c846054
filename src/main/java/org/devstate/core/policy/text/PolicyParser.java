// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy, and reports all its errors together:
 *
 * <pre>
 * site paris                          # names are lower-case
 *     servers  pbx*@example.net       # accounts; a site may wait for its first
 *     eids     first-use              # or any, or a list of EIDs
 *     window   100 ms
 *     rate     0                      # notifications a second to each server; 0 for no limit
 *     grace    30 s
 *     offline-state UNAVAILABLE       # or UNKNOWN, INVALID, keep
 *     entries  100000                 # devices and mailboxes of all its servers together
 *     suspended no                    # or yes (from all other sites), or completely (its own servers from each other too)
 *     publish  drop device MWI:*      # acknowledged, and neither stored nor counted
 *     publish  cachable device DAHDI/* # allowed, and stored even if it is published as non-cachable
 *     publish  allow device PJSIP/2*  # the first rule that matches decides; none means no
 *     publish  allow mailbox *@paris
 *     receive  deny berlin device *   # there must be a site berlin
 *     receive  allow * *
 * </pre>
 *
 * Used once; not thread-safe.
 */
public final class PolicyParser {

    /** The result of reading a text. */
    public sealed interface ParseResult {

        /** It is a policy. */
        record Read(Policy policy) implements ParseResult {}

        /**
         * The text is no policy, and no part of it counts.
         *
         * @param faults all errors, in the order of the lines
         */
        record InvalidPolicy(List<PolicyError> faults) implements ParseResult {}
    }

    private final List<PolicyError> faults = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final Map<String, Integer> linesOfNames = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private @Nullable SiteDraft draft;

    /** Whether an earlier line began a site with an invalid name: its lines are read all the same. */
    private boolean begun;

    /** The name of a site, or a glob, in a rule. */
    private record Reference(String site, PolicyLine.TokenPosition place) {}

    private PolicyParser() {}

    /** Reads {@code text}. A text without sites is a policy that admits no account. */
    public static ParseResult parse(String text) {
        return parse(text, Set.of());
    }

    /**
     * Reads {@code text}, a part of a policy.
     *
     * @param others the names of the sites in the other parts, which rules may name
     */
    public static ParseResult parse(String text, Set<String> others) {
        return new PolicyParser().read(text, others);
    }

    private ParseResult read(String text, Set<String> others) {
        int number = 0;
        for (String line : text.split("\r\n|[\r\n]", -1)) {
            take(new PolicyLine(line, ++number));
        }
        finishSite();
        checkReferences(others);
        faults.sort(Comparator.comparingInt(PolicyError::line));
        return faults.isEmpty()
                ? new ParseResult.Read(new Policy(sites))
                : new ParseResult.InvalidPolicy(List.copyOf(faults));
    }

    private void take(PolicyLine line) {
        if (line.isAtEnd()) {
            return;
        }
        String key = line.word();
        if (key.equals("site")) {
            finishSite();
            begin(line);
        } else if (draft != null) {
            draft.take(key, line);
        } else if (!begun) {
            faults.add(line.fault("a policy begins with a line such as 'site paris', not '" + key + "'"));
            begun = true; // once is enough
        }
    }

    private void begin(PolicyLine line) {
        begun = true;
        String name = line.rest();
        if (!Site.isName(name)) {
            faults.add(line.fault("a site is named by 1 to 64 of a-z, 0-9, '-', '_' and '.', not '" + name + "'"));
        }
        Integer before = linesOfNames.putIfAbsent(name, line.number());
        if (before != null) {
            faults.add(line.fault("the site " + name + " is given in line " + before + " already"));
        }
        draft = new SiteDraft(name, faults, (site, place) -> references.add(new Reference(site, place)));
    }

    /** A rule that names no site would deny, or allow, nothing, and nothing would show it. Globs may match sites to come. */
    private void checkReferences(Set<String> others) {
        Set<String> names = new TreeSet<>(linesOfNames.keySet());
        names.addAll(others);
        for (Reference reference : references) {
            if (Site.isName(reference.site) && !names.contains(reference.site)) {
                faults.add(reference.place.fault(SiteReferences.noSuch(reference.site, names)));
            }
        }
    }

    private void finishSite() {
        if (draft != null) {
            Site site = draft.finish();
            if (site != null) {
                sites.add(site);
            }
            draft = null;
        }
    }
}
