package org.devstate.core.access;

import java.util.function.Predicate;
import org.devstate.core.model.Jid;

/** Who may hear of an item: the servers of some sites. Immutable. */
public final class Audience implements Predicate<Jid> {

    private final Reach reach;
    private final long[] sites;

    Audience(Reach reach, long[] sites) {
        this.reach = reach;
        this.sites = sites;
    }

    @Override
    public boolean test(Jid receiver) {
        int seat = reach.seat(receiver);
        int word = seat >> 6;
        return seat >= 0 && word < sites.length && (sites[word] >>> seat & 1) != 0;
    }
}
