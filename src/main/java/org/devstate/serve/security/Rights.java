// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rights of a caller. Immutable.
 *
 * @param sites the only sites that are shown; empty for all
 * @param maySet whether entries may be set and cleared by hand
 */
public record Rights(Set<String> sites, boolean maySet) {

    /** All is shown, nothing is set. */
    public static final Rights LOOK = new Rights(Set.of(), false);

    public Rights {
        sites = Set.copyOf(sites);
    }

    /** Whether only some sites are shown. */
    public boolean isLimited() {
        return !sites.isEmpty();
    }

    /** Whether what belongs to that site is shown. */
    public boolean mayLookAt(String site) {
        return sites.isEmpty() || sites.contains(site);
    }

    /** Whether all of these sites are shown. */
    public boolean mayLookAtAll(Collection<String> all) {
        return sites.isEmpty() || sites.containsAll(all);
    }

    /** For people: {@code look}, or {@code look:berlin,paris}; with {@code set} if that is allowed. */
    @Override
    public String toString() {
        String look = sites.isEmpty() ? "look" : "look:" + String.join(",", new TreeSet<>(sites));
        return maySet ? look + " set" : look;
    }
}
