// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Site.Suspension;
import org.devstate.core.policy.Site.Tuning;
import org.jspecify.annotations.Nullable;

/**
 * All sites. Closed by default: an account in no site may do nothing, and without a matching rule nothing is allowed. Immutable.
 *
 * @param sites in order: an account belongs to the first site that names it
 */
public record Policy(List<Site> sites) {

    /** Admits no account. */
    public static final Policy CLOSED = new Policy(List.of());

    /** The name of the only site of a policy that is given by its accounts alone. */
    public static final String ONLY_SITE = "default";

    /** Returns a policy of one site, whose servers share everything; of none if there are no accounts. */
    public static Policy ofOneSite(AccountGlobs servers, LeaseTerms terms) {
        return servers.isEmpty()
                ? CLOSED
                : new Policy(List.of(Site.open(ONLY_SITE, servers).with(Tuning.DEFAULT.withTerms(terms))));
    }

    /** @throws IllegalArgumentException if two sites have one name */
    public Policy {
        sites = List.copyOf(sites);
        Set<String> names = new HashSet<>();
        for (Site site : sites) {
            if (!names.add(site.name())) {
                throw new IllegalArgumentException("there are two sites named " + site.name());
            }
        }
    }

    /** Whether no account is admitted. */
    public boolean isClosed() {
        return sites.stream().allMatch(site -> site.servers().isEmpty());
    }

    /** Why no account is admitted, and what to do; {@code null} if one may be. */
    public @Nullable String whyNoAccountIsAdmitted() {
        if (!isClosed()) {
            return null;
        }
        return sites.isEmpty()
                ? "No Asterisk server is admitted because there are no sites: add one (devstatectl add-site paris), or"
                        + " name accounts in the configuration"
                : "No Asterisk server is admitted because no site has a server: add one (devstatectl add-server "
                        + sites.get(0).name() + " pbx1)";
    }

    /** The site of an account; {@code null} if it is in none. */
    public @Nullable Site siteOf(Jid account) {
        String lowerCase = account.bare().toLowerCase(Locale.ROOT);
        for (Site site : sites) {
            if (site.servers().admits(lowerCase)) {
                return site;
            }
        }
        return null;
    }

    /** The site of that name; {@code null} if there is none. */
    public @Nullable Site site(String name) {
        for (Site site : sites) {
            if (site.name().equals(name)) {
                return site;
            }
        }
        return null;
    }

    /** The same with {@code site} in the place of the one of its name, else behind all others. */
    public Policy with(Site site) {
        List<Site> changed = new ArrayList<>(sites);
        Site before = site(site.name());
        if (before == null) {
            changed.add(site);
        } else {
            changed.set(changed.indexOf(before), site);
        }
        return new Policy(changed);
    }

    /** The same without the site of that name. */
    public Policy without(String name) {
        return new Policy(
                sites.stream().filter(site -> !site.name().equals(name)).toList());
    }

    /**
     * Whether an item of {@code from} reaches {@code to}: no suspension is between them, {@code from} may publish it, and {@code to}
     * may receive it from there.
     */
    public static Decision reaches(Site from, Site to, NodeType node, String id) {
        for (Site site : List.of(from, to)) {
            Suspension suspension = site.tuning().suspension();
            if (suspension == Suspension.COMPLETE) {
                return suspended(site, "the site " + site.name() + " is suspended completely");
            }
            if (suspension == Suspension.FROM_OTHERS && !from.equals(to)) {
                return suspended(site, "the site " + site.name() + " is suspended");
            }
        }
        Decision decision = from.publishes(node, id);
        return decision.allowed() ? to.receives(from, node, id) : decision;
    }

    private static Decision suspended(Site site, String because) {
        return new Decision(false, Decision.Basis.SUSPENSION, site.name(), because);
    }
}
