package org.devstate.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole persisted state of a service.
 *
 * @param bindings the account of each EID
 * @param mailboxes the last value of each mailbox
 * @param devices the devices that each EID has published
 * @param publishers the session that published last for each EID
 * @param subscriptions which sessions were subscribed
 * @param policy the text of the policy in force; {@code null} if none was ever set
 */
public record Contents(
        List<Change.Binding> bindings,
        List<Change.Mailbox> mailboxes,
        List<Change.Device> devices,
        List<Change.Publisher> publishers,
        List<Change.Subscription> subscriptions,
        @Nullable String policy) {

    /** Nothing. */
    public static final Contents NONE = new Contents(List.of(), List.of(), null);

    /** The state in the place of one that cannot be read: its policy admits no account. */
    public static final Contents CLOSED = new Contents(List.of(), List.of(), "");

    public Contents {
        bindings = List.copyOf(bindings);
        mailboxes = List.copyOf(mailboxes);
        devices = List.copyOf(devices);
        publishers = List.copyOf(publishers);
        subscriptions = List.copyOf(subscriptions);
    }

    /** Without devices, publishers and subscriptions. */
    public Contents(List<Change.Binding> bindings, List<Change.Mailbox> mailboxes, @Nullable String policy) {
        this(bindings, mailboxes, List.of(), List.of(), List.of(), policy);
    }
}
