// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.Set;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** A request about one of our nodes. Only its syntax: permission and content are checked later. */
public sealed interface Request {

    /** The target of the request, for the echo that Asterisk needs in an error. */
    Target target();

    /** When a target is one of our nodes, as far as the stanza shows it. */
    enum NodeClaim {
        /** It is. */
        CERTAIN,
        /** If it is a leaf node of the sender's. */
        OF_SENDER,
        /** If it is a leaf node that the sender may read, of whichever account. */
        READABLE
    }

    /**
     * The node, and the form in which it was addressed.
     *
     * @param namespace of the {@code pubsub} (or {@code query}) element
     * @param action name of the element with the node, without any character that XML could mistake; empty for {@code query}
     * @param node the node, or the one above the addressed leaf; that of devices if a leaf's request does not show it
     * @param leaf the leaf's name, as the sender wrote it; {@code null} if the node itself is addressed
     * @param claim when it is one of ours
     */
    record Target(String namespace, String action, NodeType node, @Nullable String leaf, NodeClaim claim) {

        /** The longest name of a leaf that is written back: none that Asterisk uses is longer. */
        private static final int MAX_ECHOED = 255;

        /** Addresses one of the two nodes. */
        public Target(String namespace, String action, NodeType node) {
            this(namespace, action, node, null);
        }

        /** Addresses what is a leaf of ours for certain, or, without a leaf, one of the two nodes. */
        public Target(String namespace, String action, NodeType node, @Nullable String leaf) {
            this(namespace, action, node, leaf, NodeClaim.CERTAIN);
        }

        /** Addresses the service itself (XEP-0030, XEP-0199). */
        static Target ofService(String namespace) {
            return new Target(namespace, "", NodeType.DEVICE_STATE, "", NodeClaim.CERTAIN);
        }

        /** Whether no node is addressed but the service itself. */
        public boolean isService() {
            return leaf != null && leaf.isEmpty();
        }

        /** Its name in an answer. */
        public String name() {
            return leaf == null || leaf.length() > MAX_ECHOED ? node.nodeName() : leaf;
        }
    }

    /**
     * XEP-0060, 7.1.
     *
     * @param target what it is about
     * @param publish the {@code publish} element, not yet validated
     */
    record Publish(Target target, ElementView publish) implements Request {}

    /**
     * XEP-0060, 6.1.
     *
     * @param target what it is about
     * @param jid the address to subscribe; {@code null} if none is named
     */
    record Subscribe(Target target, @Nullable String jid) implements Request {}

    /**
     * XEP-0060, 6.2.
     *
     * @param target what it is about
     * @param jid the address to unsubscribe; {@code null} if none is named
     */
    record Unsubscribe(Target target, @Nullable String jid) implements Request {}

    /** Creates, configures or shares a node that is always there and always shared (XEP-0060, 8.1, 8.2 and 8.9). */
    record Upkeep(Target target) implements Request {}

    /** Deletes or purges (XEP-0060, 8.4 and 8.5) a node that is always there: withdraws the entries of the sender's own account. */
    record Delete(Target target) implements Request {}

    /** A request that changes nothing, and is answered at once. */
    sealed interface Query extends Request {}

    /**
     * XEP-0060, 6.5.
     *
     * @param target what it is about
     * @param ids the requested items; all if it is empty
     * @param pageRequest the requested part of them; {@code null} if it cannot be read
     */
    record Items(Target target, Set<String> ids, @Nullable PageRequest pageRequest) implements Query {}

    /** XEP-0030, 3. */
    record DiscoInfo(Target target) implements Query {}

    /**
     * XEP-0030, 4.
     *
     * @param target what it is about
     * @param pageRequest the requested part; {@code null} if it cannot be read
     */
    record DiscoItems(Target target, @Nullable PageRequest pageRequest) implements Query {}

    /** XEP-0199. */
    record Ping(Target target) implements Query {}

    /** Several requests in one stanza, of which XEP-0060 knows no meaning together; none of them is done. */
    record Combined(Target target) implements Request {}

    /** Anything else that XEP-0060 or XEP-0030 allows, which these nodes do not do. */
    record Unsupported(Target target) implements Request {}
}
