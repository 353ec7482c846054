package org.devstate.core;

import java.util.function.Function;
import java.util.function.Predicate;
import org.devstate.core.access.Access;
import org.devstate.core.access.Audience;
import org.devstate.core.access.Reach;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.Visibility;
import org.devstate.core.protocol.Event;

/**
 * Who may hear of what, and see it, by the policy in force. Thread-safe.
 *
 * <p>Where it is asked with the lock of the event's key held, a change of the policy, which takes that lock later, comes after what
 * was let through by the one before.
 */
record Hearers(Access access) implements Function<Event, Predicate<Jid>>, Visibility {

    /** It is asked for each receiver, and decided once for all of them, as long as the policy stays. */
    @Override
    public Predicate<Jid> apply(Event event) {
        Reach reach = access.now();
        if (event.audience() instanceof Audience known && known.isOf(reach)) {
            return known;
        }
        Audience audience = reach.audience(
                event.publisher(), event.key().node(), event.key().id());
        event.setAudience(audience);
        return audience;
    }

    /** Everybody sees what his own account has said. */
    @Override
    public boolean allows(Jid reader, Entry entry) {
        return entry.publisher().bare().equals(reader.bare())
                || access.now()
                        .audience(
                                entry.publisher(),
                                entry.key().node(),
                                entry.key().id())
                        .test(reader);
    }
}
