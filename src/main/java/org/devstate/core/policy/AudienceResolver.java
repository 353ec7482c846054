// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.model.SessionFilter;

/**
 * Resolves audiences, and which accounts may read an entry, by the policy in force. Thread-safe.
 *
 * <p>If it is called with the lock of the notification's key held, a change of the policy takes that lock later. So the change comes after
 * all notifications that the previous policy allowed.
 */
public record AudienceResolver(ActivePolicy activePolicy) implements Audiences, Visibility {

    /** The audience is requested for each subscriber, but decided once for all of them while the policy stays the same. */
    @Override
    public SessionFilter of(Notification notification) {
        CompiledPolicy compiled = activePolicy.now();
        if (notification.audience() instanceof Audience known && known.isOf(compiled)) {
            return known;
        }
        Audience audience = compiled.audience(
                notification.publisher(),
                notification.key().node(),
                notification.key().id());
        notification.setAudience(audience);
        return audience;
    }

    /** Each account may read the entries that it has published itself. */
    @Override
    public boolean allows(Jid reader, Entry entry) {
        return entry.publisher().account().equals(reader.account())
                || activePolicy
                        .now()
                        .audience(
                                entry.publisher(),
                                entry.key().node(),
                                entry.key().id())
                        .includes(reader);
    }
}
