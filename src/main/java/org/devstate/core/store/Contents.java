package org.devstate.core.store;

import java.util.List;

/**
 * All that a store has.
 *
 * @param bindings whose each EID is
 * @param mailboxes the last word on each mailbox
 */
public record Contents(List<Change.Binding> bindings, List<Change.Mailbox> mailboxes) {

    /** Nothing. */
    public static final Contents NONE = new Contents(List.of(), List.of());

    public Contents {
        bindings = List.copyOf(bindings);
        mailboxes = List.copyOf(mailboxes);
    }
}
