// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.model.Jid;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Limits;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;
import org.devstate.core.protocol.StanzaLength;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests whatever their content: of accounts that are not admitted, to a closed service, and those that are too long.
 * Thread-safe.
 */
public final class RequestGuard {

    private final ActivePolicy activePolicy;
    private final ReplySender replies;
    private final Counters counters;
    private volatile @Nullable String closedFor;
    private volatile int stanzaCharacters = Limits.DEFAULT.stanzaCharacters();

    public RequestGuard(ActivePolicy activePolicy, ReplySender replies, Counters counters) {
        this.activePolicy = activePolicy;
        this.replies = replies;
        this.counters = counters;
    }

    /** From now on every request of an admitted account is rejected; {@code reason} is the answer. */
    public void close(String reason) {
        closedFor = reason;
    }

    public void setLimits(Limits changed) {
        stanzaCharacters = changed.stanzaCharacters();
    }

    /** Returns whether {@code request} may be carried out; if not, it has been answered. */
    boolean allows(Jid from, ElementView stanza, Request request) {
        int most = stanzaCharacters;
        String closed = closedFor;
        if (!activePolicy.admits(from)) {
            counters.count(Counter.FORBIDDEN);
            reject(from, stanza, request, Condition.FORBIDDEN, null, "this account is not admitted");
            return false;
        }
        if (closed != null) {
            reject(from, stanza, request, Condition.NOT_SERVING, null, closed);
            return false;
        }
        if (StanzaLength.exceeds(stanza, most)) {
            counters.count(Counter.STANZAS_TOO_LONG);
            String text = "a request may have " + most + " characters";
            reject(from, stanza, request, Condition.NOT_ACCEPTABLE, "payload-too-big", text);
            return false;
        }
        return true;
    }

    private void reject(
            Jid to, ElementView stanza, Request request, Condition condition, @Nullable String detail, String text) {
        replies.reject(to, stanza, request, new StanzaError(condition, detail, text));
    }
}
