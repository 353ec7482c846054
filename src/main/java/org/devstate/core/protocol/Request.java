package org.devstate.core.protocol;

import java.util.Set;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** What somebody asks of one of our nodes. Shapes only: who may ask, and whether the content is any good, is decided later. */
public sealed interface Request {

    /** What the request is addressed to, for the echo that Asterisk needs in an error. */
    Target target();

    /**
     * The node, and the words in which it was addressed.
     *
     * @param namespace of the {@code pubsub} (or {@code query}) element
     * @param action name of the element that bears the node, without any character that XML could mistake; empty for {@code query}
     * @param node the node, or the one above the leaf that is addressed; that of devices where a leaf's request does not tell
     * @param leaf the leaf's name, as the sender wrote it; {@code null} where the node itself is addressed
     */
    record Target(String namespace, String action, NodeType node, @Nullable String leaf) {

        /** The longest name of a leaf that is written back: none that Asterisk uses is longer. */
        private static final int MAX_ECHOED = 255;

        /** Addresses one of the two nodes. */
        public Target(String namespace, String action, NodeType node) {
            this(namespace, action, node, null);
        }

        /** Addresses the service itself (XEP-0030, XEP-0199). */
        static Target ofService(String namespace) {
            return new Target(namespace, "", NodeType.DEVICE_STATE, "");
        }

        /** Whether no node is addressed but the service itself. */
        public boolean isService() {
            return leaf != null && leaf.isEmpty();
        }

        /** What an answer calls it. */
        public String name() {
            return leaf == null || leaf.length() > MAX_ECHOED ? node.nodeName() : leaf;
        }
    }

    /**
     * XEP-0060, 7.1.
     *
     * @param target what it is addressed to
     * @param publish the {@code publish} element, not yet validated
     */
    record Publish(Target target, ElementView publish) implements Request {}

    /**
     * XEP-0060, 6.1.
     *
     * @param target what it is addressed to
     * @param jid the address to subscribe; {@code null} where none is named
     */
    record Subscribe(Target target, @Nullable String jid) implements Request {}

    /**
     * XEP-0060, 6.2.
     *
     * @param target what it is addressed to
     * @param jid the address to unsubscribe; {@code null} where none is named
     */
    record Unsubscribe(Target target, @Nullable String jid) implements Request {}

    /**
     * Creating, configuring or sharing a node that is always there and always shared (XEP-0060, 8.1, 8.2 and 8.9), or ending a
     * subscription to a leaf, which nobody has (6.2).
     */
    record Upkeep(Target target) implements Request {}

    /**
     * Deleting or purging (XEP-0060, 8.4 and 8.5) a node that is always there: takes back what the sender's own account has
     * published to it.
     */
    record Delete(Target target) implements Request {}

    /** What changes nothing, and is answered at once. */
    sealed interface Query extends Request {}

    /**
     * XEP-0060, 6.5.
     *
     * @param target what it is addressed to
     * @param ids the items wanted; all of them where it is empty
     * @param paging the part of them; {@code null} where it can't be read
     */
    record Items(Target target, Set<String> ids, @Nullable Paging paging) implements Query {}

    /** XEP-0030, 3. */
    record DiscoInfo(Target target) implements Query {}

    /**
     * XEP-0030, 4.
     *
     * @param target what it is addressed to
     * @param paging the part wanted; {@code null} where it can't be read
     */
    record DiscoItems(Target target, @Nullable Paging paging) implements Query {}

    /** XEP-0199. */
    record Ping(Target target) implements Query {}

    /** Several requests in one stanza, of which XEP-0060 knows no meaning together; none of them is done. */
    record Combined(Target target) implements Request {}

    /** Anything else that XEP-0060 or XEP-0030 allows, which these nodes do not do. */
    record Unsupported(Target target) implements Request {}
}
