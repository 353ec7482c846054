package org.devstate.core.access;

import java.util.Arrays;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/** Who may hear of an item: the servers of some sites. Immutable. */
public final class Audience implements Predicate<Jid> {

    private final Reach reach;
    private final long[] sites;

    Audience(Reach reach, long[] sites) {
        this.reach = reach;
        this.sites = sites;
    }

    /** Those of no site. */
    static Audience nobody(Reach reach) {
        return new Audience(reach, new long[0]);
    }

    /** Whether it is by that policy that it was decided. */
    public boolean isOf(Reach policy) {
        return reach == policy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Audience audience && audience.reach == reach && Arrays.equals(audience.sites, sites);
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
