package org.devstate.core.access;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * All sites. Closed: who is in no site may do nothing, and no rule means no. Immutable.
 *
 * @param sites in order: an account belongs to the first site that names it
 */
public record Policy(List<Site> sites) {

    /** Nobody may do anything. */
    public static final Policy CLOSED = new Policy(List.of());

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

    /** The site of an account; {@code null} where it is in none. */
    public @Nullable Site siteOf(Jid account) {
        for (Site site : sites) {
            if (site.servers().admits(account)) {
                return site;
            }
        }
        return null;
    }

    /** The site of that name; {@code null} where there is none. */
    public @Nullable Site site(String name) {
        for (Site site : sites) {
            if (site.name().equals(name)) {
                return site;
            }
        }
        return null;
    }

    /** Whether an item of {@code from} reaches {@code to}: {@code from} may publish it, and {@code to} may receive it from there. */
    public static Decision reaches(Site from, Site to, NodeType node, String id) {
        Decision said = from.publishes(node, id);
        return said.allowed() ? to.receives(from, node, id) : said;
    }
}
