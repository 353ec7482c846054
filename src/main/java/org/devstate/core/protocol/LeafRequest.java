// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request about a leaf node, a name below one of our two nodes (XEP-0248).
 *
 * <p>If the host has nodes of its own at the address, a publish and a create show by themselves whether they are for a leaf, see
 * {@link LeafMarks}. Asterisk's other requests do not show it; they are for a leaf if that is known from the sender's earlier requests,
 * see {@link Request.NodeClaim#OF_SENDER}.
 *
 * @param pubsub the element around the request
 * @param element the one with the name of the node
 * @param action the element's name, a constant of this program
 * @param name the name of the node
 */
record LeafRequest(ElementView pubsub, ElementView element, String action, String name) {

    /** The request; {@code null} if it is not about a node of ours. */
    @Nullable
    Request parse(boolean set, boolean owner, boolean everyName) {
        if (!set && !owner && action.equals("items") && element.name().equals("items")) {
            return RequestParser.items(leaf(everyName, Request.NodeClaim.READABLE), pubsub, element);
        }
        if (!set) {
            return everyName ? new Request.Unsupported(below(NodeType.DEVICE_STATE)) : null;
        }
        return owner ? ownersRequest(everyName) : usersRequest(everyName);
    }

    private @Nullable Request usersRequest(boolean everyName) {
        return switch (action) {
            case "publish" -> publish(everyName);
            case "create" -> create(everyName);
            case "configure" -> upkeep(everyName);
            case "unsubscribe" -> unsubscribe(everyName);
            default -> everyName ? new Request.Unsupported(below(NodeType.DEVICE_STATE)) : null;
        };
    }

    private @Nullable Request ownersRequest(boolean everyName) {
        return switch (action) {
            case "configure", "affiliations" -> upkeep(everyName);
            case "delete", "purge" -> delete(everyName);
            default -> everyName ? new Request.Unsupported(below(NodeType.DEVICE_STATE)) : null;
        };
    }

    private @Nullable Request publish(boolean everyName) {
        if (!everyName && !LeafMarks.areOn(element, name)) {
            return null;
        }
        return new Request.Publish(below(LeafMarks.nodeAbove(element)), element);
    }

    private @Nullable Request create(boolean everyName) {
        NodeType above = LeafMarks.nodeAboveCreated(pubsub);
        if (above == null && !everyName) {
            return null;
        }
        return new Request.Upkeep(below(above == null ? NodeType.DEVICE_STATE : above));
    }

    private Request delete(boolean everyName) {
        return new Request.Delete(leaf(everyName, Request.NodeClaim.OF_SENDER));
    }

    private Request unsubscribe(boolean everyName) {
        return new Request.Unsubscribe(leaf(everyName, Request.NodeClaim.OF_SENDER), element.attribute("jid"));
    }

    private Request upkeep(boolean everyName) {
        return new Request.Upkeep(leaf(everyName, Request.NodeClaim.OF_SENDER));
    }

    /** @param claim when the leaf is one of ours, if not every name is */
    private Request.Target leaf(boolean everyName, Request.NodeClaim claim) {
        return new Request.Target(
                pubsub.namespace(), action, NodeType.DEVICE_STATE, name, everyName ? Request.NodeClaim.CERTAIN : claim);
    }

    private Request.Target below(NodeType node) {
        return new Request.Target(pubsub.namespace(), action, node, name);
    }
}
