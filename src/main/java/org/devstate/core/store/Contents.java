package org.devstate.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a store has.
 *
 * @param bindings whose each EID is
 * @param mailboxes the last word on each mailbox
 * @param policy the text of the policy in force; {@code null} where none was ever set
 */
public record Contents(List<Change.Binding> bindings, List<Change.Mailbox> mailboxes, @Nullable String policy) {

    /** Nothing. */
    public static final Contents NONE = new Contents(List.of(), List.of(), null);

    /** What to go by where there is something that can't be read: a policy that lets nobody in. */
    public static final Contents CLOSED = new Contents(List.of(), List.of(), "");

    public Contents {
        bindings = List.copyOf(bindings);
        mailboxes = List.copyOf(mailboxes);
    }
}
