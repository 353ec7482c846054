package org.devstate.core.protocol;

import java.util.List;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** Reads requests. Stateless. */
public final class RequestParser {

    private RequestParser() {}

    /**
     * Reads a stanza.
     *
     * @param leaves which nodes are leaf nodes of ours although the stanza does not show it
     * @return what it asks of one of our nodes; {@code null} where it is not a request, or not one about our nodes
     */
    public static @Nullable Request parse(ElementView stanza, Leaves leaves) {
        if (!stanza.name().equals("iq")) {
            return null;
        }
        boolean set = "set".equals(stanza.attribute("type"));
        if (!set && !"get".equals(stanza.attribute("type"))) {
            return null;
        }
        for (ElementView child : stanza.children()) {
            String namespace = child.namespace();
            if (namespace.equals(Namespaces.PUBSUB) || namespace.equals(Namespaces.PUBSUB_OWNER)) {
                return child.name().equals("pubsub") ? parsePubSub(child, set, leaves) : null;
            }
            if (namespace.equals(Namespaces.DISCO_INFO) || namespace.equals(Namespaces.DISCO_ITEMS)) {
                return parseDisco(child);
            }
        }
        return null;
    }

    /** The first child says what is to be done; what follows it are options (XEP-0060, 7.1.5 and 8.1.3). */
    private static @Nullable Request parsePubSub(ElementView pubsub, boolean set, Leaves leaves) {
        List<? extends ElementView> children = pubsub.children();
        if (children.isEmpty()) {
            return null;
        }
        ElementView action = children.get(0);
        String name = action.attribute("node");
        if (name == null || !action.namespace().equals(pubsub.namespace())) {
            return null;
        }
        boolean owner = pubsub.namespace().equals(Namespaces.PUBSUB_OWNER);
        NodeType node = NodeType.named(name);
        if (node == null) {
            LeafRequest request = new LeafRequest(pubsub, action, knownName(action.name()), name);
            return request.parse(set, owner, leaves);
        }
        Request.Target target = new Request.Target(pubsub.namespace(), knownName(action.name()), node);
        if (!set) {
            return new Request.Unsupported(target);
        }
        return owner ? ownersRequest(target) : usersRequest(target, action);
    }

    private static Request usersRequest(Request.Target target, ElementView action) {
        return switch (target.action()) {
            case "publish" -> new Request.Publish(target, action);
            case "subscribe" -> new Request.Subscribe(target, action.attribute("jid"));
            case "unsubscribe" -> new Request.Unsubscribe(target);
            case "create", "configure" -> new Request.Upkeep(target);
            default -> new Request.Unsupported(target);
        };
    }

    private static Request ownersRequest(Request.Target target) {
        return switch (target.action()) {
            case "configure", "affiliations" -> new Request.Upkeep(target);
            case "delete", "purge" -> new Request.Delete(target);
            default -> new Request.Unsupported(target);
        };
    }

    private static @Nullable Request parseDisco(ElementView query) {
        NodeType node = NodeType.named(query.attribute("node"));
        return node == null ? null : new Request.Unsupported(new Request.Target(query.namespace(), "", node));
    }

    /** The names that may be echoed are ours, not the sender's. */
    private static String knownName(String action) {
        return switch (action) {
            case "publish" -> "publish";
            case "subscribe" -> "subscribe";
            case "unsubscribe" -> "unsubscribe";
            case "create" -> "create";
            case "configure" -> "configure";
            case "affiliations" -> "affiliations";
            case "delete" -> "delete";
            case "purge" -> "purge";
            default -> "items";
        };
    }
}
