// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.List;
import java.util.regex.Pattern;
import org.devstate.core.model.NodeType;
import org.devstate.core.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A group of servers under one policy.
 *
 * @param name its name: 1 to 64 lower-case letters, digits, {@code -}, {@code _} and {@code .}, beginning with a letter or digit
 * @param servers the accounts of its servers
 * @param eids the EIDs that they may use
 * @param rules the items that they may publish and receive: without a rule that matches they may not
 * @param tuning their figures
 */
public record Site(String name, AccountGlobs servers, EidRule eids, SiteRules rules, Tuning tuning) {

    /**
     * The figures of a site's servers.
     *
     * @param pace their window and rate limit
     * @param terms their grace period and offline state
     * @param entries the most entries of all of them together
     * @param suspension the sites that they exchange no state with; they are answered all the same, and their publishes are stored
     *     until the site is resumed
     */
    public record Tuning(Pace pace, LeaseTerms terms, int entries, Suspension suspension) {

        /** A window of 100 ms, no cap, 30 s of grace and then UNAVAILABLE, a hundred thousand entries, not suspended. */
        public static final Tuning DEFAULT = new Tuning(
                Pace.DEFAULT, LeaseTerms.DEFAULT, Settings.SITE_ENTRIES.type().fallback(), Suspension.NONE);

        /** @throws IllegalArgumentException if there may be too many entries, or none */
        public Tuning {
            Settings.SITE_ENTRIES.type().check("entries", entries);
        }

        /** The same at another pace. */
        public Tuning withPace(Pace changed) {
            return new Tuning(changed, terms, entries, suspension);
        }

        /** The same with other terms for servers that are gone. */
        public Tuning withTerms(LeaseTerms changed) {
            return new Tuning(pace, changed, entries, suspension);
        }

        /** The same with another limit on entries. */
        public Tuning withEntries(int most) {
            return new Tuning(pace, terms, most, suspension);
        }

        /** The same with another suspension. */
        public Tuning withSuspension(Suspension changed) {
            return new Tuning(pace, terms, entries, changed);
        }
    }

    /** The sites that the servers of a site exchange no state with. */
    public enum Suspension {
        /** None: they exchange state with all, as the rules allow. */
        NONE("no"),
        /** All other sites; the site's own servers go on as the rules allow. */
        FROM_OTHERS("yes"),
        /** All: the servers of the site do not notify each other either. */
        COMPLETE("completely");

        private final String word;

        Suspension(String word) {
            this.word = word;
        }

        /** Its name in a policy. */
        public String word() {
            return word;
        }
    }

    /**
     * The publish rules of a site that is given without any. Dropped are devices that are of no use to other servers: those that
     * res_mwi_devstate makes of each mailbox that it knows, the other servers' included, and those that res_xmpp makes of each buddy.
     */
    public static final List<Rule> OPEN = List.of(
            new Rule(Rule.Action.DROP, NodeType.DEVICE_STATE, new Glob("MWI:*")),
            new Rule(Rule.Action.DROP, NodeType.DEVICE_STATE, new Glob("XMPP/*")),
            Rule.ALLOW_ALL);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if the name is none */
    public Site {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a site is named by 1 to 64 of a-z, 0-9, '-', '_' and '.', not '" + name + "'");
        }
    }

    /** Returns a site whose servers notify each other, and all other sites that allow it, of everything that is of use elsewhere. */
    public static Site open(String name, AccountGlobs servers) {
        List<ReceiveRule> receive = List.of(ReceiveRule.ALLOW_ALL);
        return new Site(name, servers, new EidRule.FirstUse(), new SiteRules(OPEN, receive), Tuning.DEFAULT);
    }

    /** The publish rules. */
    public List<Rule> publish() {
        return rules.publish();
    }

    /** The receive rules. */
    public List<ReceiveRule> receive() {
        return rules.receive();
    }

    /** The same with other servers. */
    public Site with(AccountGlobs changed) {
        return new Site(name, changed, eids, rules, tuning);
    }

    /** The same with other EIDs. */
    public Site with(EidRule changed) {
        return new Site(name, servers, changed, rules, tuning);
    }

    /** The same with another tuning. */
    public Site with(Tuning changed) {
        return new Site(name, servers, eids, rules, changed);
    }

    /** Whether a site can be called that. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether its servers may publish that item, and which rule decides. */
    public Decision publishes(NodeType node, String id) {
        List<Rule> publish = rules.publish();
        for (int i = 0; i < publish.size(); i++) {
            if (publish.get(i).matches(node, id)) {
                return decision(publish.get(i).action().allows(), Decision.Basis.PUBLISH_RULES, i, publish.get(i));
            }
        }
        return new Decision(false, Decision.Basis.PUBLISH_RULES, name, "no publish rule of " + name + " matches");
    }

    /** The publish rule that decides on an item; {@code null} if none matches. Allocates nothing. */
    public @Nullable Rule publishRule(NodeType node, String id) {
        List<Rule> publish = rules.publish();
        for (int i = 0; i < publish.size(); i++) {
            if (publish.get(i).matches(node, id)) {
                return publish.get(i);
            }
        }
        return null;
    }

    /** Whether its servers may receive that item of {@code from}, and which rule decides. */
    public Decision receives(Site from, NodeType node, String id) {
        List<ReceiveRule> receive = rules.receive();
        for (int i = 0; i < receive.size(); i++) {
            if (receive.get(i).matches(from.name, node, id)) {
                return decision(
                        receive.get(i).rule().action().allows(), Decision.Basis.RECEIVE_RULES, i, receive.get(i));
            }
        }
        return new Decision(false, Decision.Basis.RECEIVE_RULES, name, "no receive rule of " + name + " matches");
    }

    private Decision decision(boolean allowed, Decision.Basis basis, int index, Object rule) {
        String list = basis == Decision.Basis.PUBLISH_RULES ? "publish" : "receive";
        return new Decision(allowed, basis, name, list + " rule " + (index + 1) + " of " + name + ": " + rule);
    }
}
