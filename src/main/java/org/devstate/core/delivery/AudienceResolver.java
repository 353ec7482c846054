package org.devstate.core.delivery;

import java.util.function.Function;
import java.util.function.Predicate;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Audience;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Visibility;

/**
 * Who may hear of what, and see it, by the policy in force. Thread-safe.
 *
 * <p>Where it is asked with the lock of the event's key held, a change of the policy, which takes that lock later, comes after what
 * was let through by the one before.
 */
public record AudienceResolver(ActivePolicy activePolicy)
        implements Function<Notification, Predicate<Jid>>, Visibility {

    /** It is asked for each receiver, and decided once for all of them, as long as the policy stays. */
    @Override
    public Predicate<Jid> apply(Notification notification) {
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

    /** Everybody sees what his own account has said. */
    @Override
    public boolean allows(Jid reader, Entry entry) {
        return entry.publisher().bare().equals(reader.bare())
                || activePolicy
                        .now()
                        .audience(
                                entry.publisher(),
                                entry.key().node(),
                                entry.key().id())
                        .test(reader);
    }
}
