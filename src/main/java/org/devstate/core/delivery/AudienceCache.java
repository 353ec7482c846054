// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import org.devstate.core.model.Jid;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.policy.Audience;
import org.devstate.core.policy.CompiledPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Caches whether a session belongs to an audience. Successive notifications mostly have the same audience, so the last answer is
 * remembered; for others, the site of the session under the policy. Not thread-safe.
 */
final class AudienceCache {

    private final Jid session;
    private @Nullable SessionFilter audience;
    private boolean allowed;
    private @Nullable CompiledPolicy policy;
    private int siteIndex;

    AudienceCache(Jid session) {
        this.session = session;
    }

    /** @param audience gives the same answer for the session each time */
    boolean allows(SessionFilter audience) {
        if (audience != this.audience) {
            allowed = audience instanceof Audience decided
                    ? decided.includesSite(siteIndex(decided.policy()))
                    : audience.includes(session);
            this.audience = audience;
        }
        return allowed;
    }

    private int siteIndex(CompiledPolicy compiled) {
        if (compiled != policy) {
            siteIndex = compiled.siteIndex(session);
            policy = compiled;
        }
        return siteIndex;
    }
}
