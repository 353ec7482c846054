// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;

/** A value to be persisted, or to be deleted. A later change of the same subject replaces an earlier one. */
public sealed interface Change {

    /** Its subject; of all changes of one subject only the last counts. */
    Object subject();

    /**
     * The last value that a server published of a mailbox.
     *
     * @param key the mailbox and the server
     * @param counts the value
     * @param account the publisher's
     * @param changedAtMs when it changed, in milliseconds since the epoch
     */
    record Mailbox(ItemKey key, MailboxCounts counts, Account account, long changedAtMs) implements Change {

        @Override
        public Object subject() {
            return key;
        }
    }

    /** A mailbox is forgotten. */
    record MailboxGone(ItemKey key) implements Change {

        @Override
        public Object subject() {
            return key;
        }
    }

    /**
     * A server has published a device. Its name is persisted, not its state: Asterisk publishes all states again when it connects.
     *
     * @param key the device and the server
     * @param account the one that published it last
     */
    record Device(ItemKey key, Account account) implements Change {

        @Override
        public Object subject() {
            return key;
        }
    }

    /** A device is forgotten. */
    record DeviceGone(ItemKey key) implements Change {

        @Override
        public Object subject() {
            return key;
        }
    }

    /** The subject of {@link Publisher} and {@link PublisherGone}. */
    record PublisherKey(Eid eid) {}

    /**
     * Another session publishes for an EID.
     *
     * @param session its full address
     */
    record Publisher(Eid eid, Jid session) implements Change {

        @Override
        public Object subject() {
            return new PublisherKey(eid);
        }
    }

    /** No session publishes for an EID any more. */
    record PublisherGone(Eid eid) implements Change {

        @Override
        public Object subject() {
            return new PublisherKey(eid);
        }
    }

    /** The subject of {@link Subscription} and {@link SubscriptionGone}. */
    record SubscriptionKey(Jid session, NodeType node) {}

    /**
     * A session has subscribed.
     *
     * @param session its full address
     * @param address the service address that it subscribed at, from which it expects its notifications
     */
    record Subscription(Jid session, NodeType node, Jid address) implements Change {

        @Override
        public Object subject() {
            return new SubscriptionKey(session, node);
        }
    }

    /** A subscription has ended. */
    record SubscriptionGone(Jid session, NodeType node) implements Change {

        @Override
        public Object subject() {
            return new SubscriptionKey(session, node);
        }
    }

    /**
     * An EID has found its owner.
     *
     * @param account the one that it belongs to
     */
    record Binding(Eid eid, Account account) implements Change {

        @Override
        public Object subject() {
            return eid;
        }
    }

    /** An EID belongs to no account any more. */
    record BindingGone(Eid eid) implements Change {

        @Override
        public Object subject() {
            return eid;
        }
    }

    /**
     * Another policy is in force.
     *
     * @param text as {@link org.devstate.core.policy.text.PolicyParser} reads it
     */
    record PolicyText(String text) implements Change {

        /** There is one policy only. */
        private static final Object SUBJECT = PolicyText.class;

        @Override
        public Object subject() {
            return SUBJECT;
        }
    }
}
