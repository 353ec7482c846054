// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.devstate.core.model.Jid;
import org.devstate.core.model.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * Caches whether a session belongs to an audience. Successive notifications mostly have the same audience, so the last answer is
 * remembered. Not thread-safe.
 */
final class AudienceCache {

    private final Jid session;
    private @Nullable SessionFilter audience;
    private boolean allowed;

    AudienceCache(Jid session) {
        this.session = session;
    }

    /** @param audience gives the same answer for the session each time */
    boolean allows(SessionFilter audience) {
        if (audience != this.audience) {
            allowed = audience.includes(session);
            this.audience = audience;
        }
        return allowed;
    }
}
