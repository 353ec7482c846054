// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole persisted state of a service.
 *
 * @param bindings the account of each EID
 * @param entries its entries
 * @param sessions its sessions
 * @param policy the text of the policy in force; {@code null} if none was ever set
 */
public record Contents(
        List<Change.Binding> bindings, PersistedEntries entries, PersistedSessions sessions, @Nullable String policy) {

    /**
     * The persisted entries.
     *
     * @param mailboxes the last value of each mailbox
     * @param devices the devices that each EID has published
     */
    public record PersistedEntries(List<Change.Mailbox> mailboxes, List<Change.Device> devices) {

        public PersistedEntries {
            mailboxes = List.copyOf(mailboxes);
            devices = List.copyOf(devices);
        }
    }

    /**
     * The persisted sessions.
     *
     * @param publishers the session that published last for each EID
     * @param subscriptions which sessions were subscribed
     */
    public record PersistedSessions(List<Change.Publisher> publishers, List<Change.Subscription> subscriptions) {

        public PersistedSessions {
            publishers = List.copyOf(publishers);
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /** Nothing. */
    public static final Contents NONE = new Contents(List.of(), List.of(), null);

    /** The state in the place of one that cannot be read: its policy admits no account. */
    public static final Contents CLOSED = new Contents(List.of(), List.of(), "");

    public Contents {
        bindings = List.copyOf(bindings);
    }

    /** Without devices, publishers and subscriptions. */
    public Contents(List<Change.Binding> bindings, List<Change.Mailbox> mailboxes, @Nullable String policy) {
        this(bindings, new PersistedEntries(mailboxes, List.of()), new PersistedSessions(List.of(), List.of()), policy);
    }

    public List<Change.Mailbox> mailboxes() {
        return entries.mailboxes();
    }

    public List<Change.Device> devices() {
        return entries.devices();
    }

    public List<Change.Publisher> publishers() {
        return sessions.publishers();
    }

    public List<Change.Subscription> subscriptions() {
        return sessions.subscriptions();
    }
}
