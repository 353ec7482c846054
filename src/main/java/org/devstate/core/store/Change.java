package org.devstate.core.store;

import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;

/** Something that is to be kept, or no longer. A later one of the same subject takes the place of an earlier one. */
public sealed interface Change {

    /** What it is about; of all changes of one subject only the last counts. */
    Object subject();

    /**
     * What a server said last of a mailbox.
     *
     * @param key the mailbox and the server
     * @param counts what it said
     * @param account the bare address that said it
     * @param changedAtMs when it changed, in milliseconds since the epoch
     */
    record Mailbox(ItemKey key, MailboxCounts counts, String account, long changedAtMs) implements Change {

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
     * An EID has found its owner.
     *
     * @param account the bare address that it belongs to
     */
    record Binding(Eid eid, String account) implements Change {

        @Override
        public Object subject() {
            return eid;
        }
    }

    /** An EID belongs to nobody any more. */
    record BindingGone(Eid eid) implements Change {

        @Override
        public Object subject() {
            return eid;
        }
    }

    /**
     * Another policy is in force.
     *
     * @param text as {@link org.devstate.core.access.PolicyParser} reads it
     */
    record Policy(String text) implements Change {

        /** There is one policy only. */
        private static final Object SUBJECT = Policy.class;

        @Override
        public Object subject() {
            return SUBJECT;
        }
    }
}
