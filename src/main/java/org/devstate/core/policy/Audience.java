// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.Arrays;
import org.devstate.core.model.Jid;
import org.devstate.core.model.SessionFilter;
import org.jspecify.annotations.Nullable;

/** The servers of the sites that may receive an item. Immutable. */
public final class Audience implements SessionFilter {

    private final CompiledPolicy compiled;
    private final long[] sites;

    private final Rule.Action action;

    /** @param action of the publish rules for the item */
    Audience(CompiledPolicy compiled, long[] sites, Rule.Action action) {
        this.compiled = compiled;
        this.sites = sites;
        this.action = action;
    }

    /** Those of no site. */
    static Audience none(CompiledPolicy compiled) {
        return new Audience(compiled, new long[0], Rule.Action.DENY);
    }

    /** The action of the publish rules for the item. */
    Rule.Action action() {
        return action;
    }

    /** Whether it is by that policy that it was decided. */
    public boolean isOf(CompiledPolicy policy) {
        return compiled == policy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Audience audience
                && audience.compiled == compiled
                && audience.action == action
                && Arrays.equals(audience.sites, sites);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sites);
    }

    /** The policy by which it was decided. */
    public CompiledPolicy policy() {
        return compiled;
    }

    /** Whether that server is one of them; asked for every subscriber of every change, so it allocates nothing. */
    @Override
    public boolean includes(Jid session) {
        return includesSite(compiled.siteIndex(session));
    }

    /** The same, of a server of the site with that {@linkplain CompiledPolicy#siteIndex index}. */
    public boolean includesSite(int siteIndex) {
        int word = siteIndex >> 6;
        return siteIndex >= 0 && word < sites.length && (sites[word] >>> siteIndex & 1) != 0;
    }
}
