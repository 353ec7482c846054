package org.devstate.core.delivery;

import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * Whether one session may hear of something, by who may: the same may of most of what comes one after another, so the last answer is
 * remembered. Not thread-safe.
 */
final class Hearing {

    private final Jid session;
    private @Nullable Predicate<Jid> audience;
    private boolean allowed;

    Hearing(Jid session) {
        this.session = session;
    }

    /** @param hearers answers the same each time it is asked about the session */
    boolean allows(Predicate<Jid> hearers) {
        if (hearers != audience) {
            allowed = hearers.test(session);
            audience = hearers;
        }
        return allowed;
    }
}
