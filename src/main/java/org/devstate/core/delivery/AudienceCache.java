package org.devstate.core.delivery;

import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * Whether one session may hear of something, by who may: the same may of most of what comes one after another, so the last answer is
 * remembered. Not thread-safe.
 */
final class AudienceCache {

    private final Jid session;
    private @Nullable Predicate<Jid> audience;
    private boolean allowed;

    AudienceCache(Jid session) {
        this.session = session;
    }

    /** @param audience answers the same each time it is asked about the session */
    boolean allows(Predicate<Jid> audience) {
        if (audience != this.audience) {
            allowed = audience.test(session);
            this.audience = audience;
        }
        return allowed;
    }
}
