// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;

/** Something that happens to the service. */
sealed interface Step {

    /** Does it to the service and to the model, and compares. */
    void run(ModelRunner runner);

    /**
     * A publish of something sound.
     *
     * @param value a state, or {@code new/old} of a mailbox
     * @param cachable always so for a mailbox
     * @param leaf whether it goes to a leaf node of the item's name (XEP-0248)
     */
    record Publish(Jid from, String id, String eid, String value, boolean cachable, boolean leaf) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.publish(this);
        }

        Key key() {
            return new Key(value.contains("/") ? NodeType.MESSAGE_WAITING : NodeType.DEVICE_STATE, id, eid);
        }
    }

    /**
     * A publish that is not.
     *
     * @param items what is in the {@code publish}, none of which Asterisk would survive or understand
     */
    record PublishMalformed(Jid from, NodeType node, String items) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.publishMalformed(from, node, items);
        }
    }

    /** A publish that is longer than any request may be. */
    record PublishTooLong(Jid from) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.publishTooLong(from);
        }
    }

    /**
     * A session subscribes.
     *
     * @param as whom it names
     */
    record Subscribe(Jid from, NodeType node, String as) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.subscribe(from, node, as);
        }
    }

    record Unsubscribe(Jid from, NodeType node) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.unsubscribe(from, node);
        }
    }

    /** A server connects, as Asterisk does: it ends both subscriptions, repeats what it has, and subscribes to both. */
    record Connect(Jid from, List<Publish> dump) implements Step {
        @Override
        public void run(ModelRunner runner) {
            for (NodeType node : NodeType.values()) {
                runner.unsubscribe(from, node);
            }
            dump.forEach(runner::publish);
            for (NodeType node : NodeType.values()) {
                runner.subscribe(from, node, from.bare());
            }
        }
    }

    record SessionEnded(Jid session) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.sessionEnded(session);
        }
    }

    /** The host takes note of the session there is now. */
    record LookUpSession(Jid session) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.lookUp(session);
        }
    }

    /** The one that the host took note of has ended. */
    record KnownSessionEnded(Jid session) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.knownSessionEnded(session);
        }
    }

    /**
     * An owner's {@code delete} or {@code purge}.
     *
     * @param name one of the nodes, or a leaf
     */
    record Delete(Jid from, String action, String name) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.delete(from, action, name);
        }
    }

    /** Asterisk makes a leaf and shares it ({@code pubsub_autocreate}). */
    record MakeLeaf(Jid from, String name) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.makeLeaf(from, name);
        }
    }

    /** An administrator purges a server. */
    record Purge(String account) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.purge(account);
        }
    }

    /** An administrator clears one entry. */
    record Clear(Key key) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.clear(key);
        }
    }

    record Read(Jid from, NodeType node) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.read(from, node);
        }
    }

    record SetLimits(Limits limits) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.setLimits(limits);
        }
    }

    record Govern(Policy policy) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.setPolicy(policy);
        }
    }

    /**
     * The service ends, and begins again.
     *
     * @param clean whether it ends in good order, or is killed
     * @param resumed whether subscriptions are resumed, without a login
     */
    record Restart(boolean clean, boolean resumed) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.restart(clean, resumed);
        }
    }

    record Resynchronize() implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.resynchronize();
        }
    }

    record Wait(long ms) implements Step {
        @Override
        public void run(ModelRunner runner) {
            runner.advance(ms);
        }
    }
}
