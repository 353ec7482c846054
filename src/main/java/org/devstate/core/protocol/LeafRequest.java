package org.devstate.core.protocol;

import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request about a leaf node, a name below one of our two nodes (XEP-0248).
 *
 * <p>If the host has nodes of its own at the address, a publish and a create show by themselves whether they are for a leaf, see
 * {@link LeafMarks}. Asterisk's other requests do not show it; they are for a leaf if that is known from the sender's earlier requests,
 * see {@link Leaves#has}.
 *
 * @param pubsub the element around the request
 * @param element the one with the name of the node
 * @param action the element's name, a constant of this program
 * @param name the name of the node
 */
record LeafRequest(ElementView pubsub, ElementView element, String action, String name) {

    /** The request; {@code null} if it is not about a node of ours. */
    @Nullable
    Request parse(boolean set, boolean owner, Leaves leaves) {
        if (!set && !owner && action.equals("items") && element.name().equals("items")) {
            boolean ours = leaves.everyName() || leaves.isReadable(name);
            return ours ? RequestParser.items(below(NodeType.DEVICE_STATE), pubsub, element) : null;
        }
        if (!set) {
            return leaves.everyName() ? new Request.Unsupported(below(NodeType.DEVICE_STATE)) : null;
        }
        return owner ? ownersRequest(leaves) : usersRequest(leaves);
    }

    private @Nullable Request usersRequest(Leaves leaves) {
        return switch (action) {
            case "publish" -> publish(leaves);
            case "create" -> create(leaves);
            case "configure" -> upkeep(leaves);
            case "unsubscribe" -> unsubscribe(leaves);
            default -> leaves.everyName() ? new Request.Unsupported(below(NodeType.DEVICE_STATE)) : null;
        };
    }

    private @Nullable Request ownersRequest(Leaves leaves) {
        return switch (action) {
            case "configure", "affiliations" -> upkeep(leaves);
            case "delete", "purge" -> delete(leaves);
            default -> leaves.everyName() ? new Request.Unsupported(below(NodeType.DEVICE_STATE)) : null;
        };
    }

    private @Nullable Request publish(Leaves leaves) {
        if (!leaves.everyName() && !LeafMarks.areOn(element, name)) {
            return null;
        }
        return new Request.Publish(below(LeafMarks.nodeAbove(element)), element);
    }

    private @Nullable Request create(Leaves leaves) {
        NodeType above = LeafMarks.nodeAboveCreated(pubsub);
        if (above == null && !leaves.everyName()) {
            return null;
        }
        return new Request.Upkeep(below(above == null ? NodeType.DEVICE_STATE : above));
    }

    private @Nullable Request delete(Leaves leaves) {
        boolean ours = leaves.everyName() || leaves.has(name);
        return ours ? new Request.Delete(below(NodeType.DEVICE_STATE)) : null;
    }

    private @Nullable Request unsubscribe(Leaves leaves) {
        boolean ours = leaves.everyName() || leaves.has(name);
        return ours ? new Request.Unsubscribe(below(NodeType.DEVICE_STATE), element.attribute("jid")) : null;
    }

    private @Nullable Request upkeep(Leaves leaves) {
        boolean ours = leaves.everyName() || leaves.has(name);
        return ours ? new Request.Upkeep(below(NodeType.DEVICE_STATE)) : null;
    }

    private Request.Target below(NodeType node) {
        return new Request.Target(pubsub.namespace(), action, node, name);
    }
}
