package org.devstate.core;

import java.util.function.Function;
import java.util.function.Predicate;
import org.devstate.core.access.Access;
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

    @Override
    public Predicate<Jid> apply(Event event) {
        return access.now()
                .audience(event.publisher(), event.key().node(), event.key().id());
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
