package org.devstate.core.access;

import java.util.Arrays;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/** Who may hear of an item: the servers of some sites. Immutable. */
public final class Audience implements Predicate<Jid> {

    private final Reach reach;
    private final long[] sites;

    private final Rule.Action action;

    /** @param action what the publish rules do with the item */
    Audience(Reach reach, long[] sites, Rule.Action action) {
        this.reach = reach;
        this.sites = sites;
        this.action = action;
    }

    /** Those of no site. */
    static Audience nobody(Reach reach) {
        return new Audience(reach, new long[0], Rule.Action.DENY);
    }

    /** What the publish rules do with the item. */
    Rule.Action action() {
        return action;
    }

    /** Whether it is by that policy that it was decided. */
    public boolean isOf(Reach policy) {
        return reach == policy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Audience audience
                && audience.reach == reach
                && audience.action == action
                && Arrays.equals(audience.sites, sites);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sites);
    }

    /** Whether that server is one of them; asked for every receiver of every change, so it allocates nothing. */
    @Override
    public boolean test(Jid receiver) {
        int seat = reach.seat(receiver);
        int word = seat >> 6;
        return seat >= 0 && word < sites.length && (sites[word] >>> seat & 1) != 0;
    }
}
