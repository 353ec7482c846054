// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import java.util.List;
import org.devstate.core.model.Jid;

/**
 * The sessions of one account.
 *
 * @param subscribed the full JIDs of those that are subscribed
 * @param unsubscribed the full JIDs of those that are connected but not subscribed: they receive nothing, or their publishes while the
 *     service was away are lost
 * @param goneSinceMs when its last session ended, in milliseconds since the epoch; 0 if it has one, or has had none since the service
 *     was started
 * @param graceUntilMs when its grace period is over, in milliseconds since the epoch; 0 if it has a session, or has had none since the
 *     service was started and is not awaited
 */
public record AccountSessions(List<Jid> subscribed, List<Jid> unsubscribed, long goneSinceMs, long graceUntilMs) {

    public AccountSessions {
        subscribed = List.copyOf(subscribed);
        unsubscribed = List.copyOf(unsubscribed);
    }
}
