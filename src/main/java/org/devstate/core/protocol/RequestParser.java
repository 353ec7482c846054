// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** Reads requests. Stateless. */
public final class RequestParser {

    /** The names of unknown elements that may be echoed. */
    private static final Pattern HARMLESS_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}");

    private RequestParser() {}

    /**
     * Reads a stanza.
     *
     * @param everyName whether every name is one of ours, because there are no other nodes at the address
     * @return the first request, if it can be about one of our nodes: its target's {@link Request.NodeClaim} is the condition; {@code
     *     null} if there is none, see {@link #parseLater}
     */
    public static @Nullable Request parse(ElementView stanza, boolean everyName) {
        if (!stanza.name().equals("iq")) {
            return null;
        }
        boolean set = "set".equals(stanza.attribute("type"));
        if (!set && !"get".equals(stanza.attribute("type"))) {
            return null;
        }
        Request request = firstRequest(stanza, set, everyName);
        return request == null || isOnlyRequest(stanza) ? request : new Request.Combined(request.target());
    }

    /**
     * Reads a stanza whose first request is not about one of our nodes.
     *
     * @return {@link Request.Combined} if a later one is about one of our two nodes; else {@code null}
     */
    public static @Nullable Request parseLater(ElementView stanza) {
        boolean request = stanza.name().equals("iq")
                && ("set".equals(stanza.attribute("type")) || "get".equals(stanza.attribute("type")));
        Request.Target later = request ? laterTarget(stanza) : null;
        return later == null ? null : new Request.Combined(later);
    }

    /** Reads a stanza at an address where others have nodes, too, and no leaf node is known. */
    public static @Nullable Request parseCertain(ElementView stanza) {
        Request request = parse(stanza, false);
        return request != null && request.target().claim() == Request.NodeClaim.CERTAIN ? request : parseLater(stanza);
    }

    private static @Nullable Request firstRequest(ElementView stanza, boolean set, boolean everyName) {
        for (ElementView child : stanza.children()) {
            String namespace = child.namespace();
            if (isPubSub(namespace)) {
                return child.name().equals("pubsub") ? parsePubSub(child, set, everyName) : null;
            }
            if (namespace.equals(Namespaces.DISCO_INFO) || namespace.equals(Namespaces.DISCO_ITEMS)) {
                return parseDisco(child, set, everyName);
            }
            if (namespace.equals(Namespaces.PING) && child.name().equals("ping") && !set && everyName) {
                return new Request.Ping(Request.Target.ofService(namespace));
            }
        }
        return null;
    }

    /**
     * The target of a request about one of our two nodes that stands behind one that is not ours; {@code null} if there is none. The host
     * might do it to a node of its own that has the name of ours.
     */
    private static Request.@Nullable Target laterTarget(ElementView stanza) {
        for (ElementView pubsub : stanza.children()) {
            if (!isPubSub(pubsub.namespace()) || !pubsub.name().equals("pubsub")) {
                continue;
            }
            for (ElementView action : pubsub.children()) {
                NodeType node = isPubSub(action.namespace()) ? NodeType.named(action.attribute("node")) : null;
                if (node != null) {
                    return new Request.Target(pubsub.namespace(), knownName(action.name()), node);
                }
            }
        }
        return null;
    }

    /**
     * Whether a stanza holds one request: one {@code pubsub}, with one element that names the action, and after it only the options
     * that XEP-0060 allows there (6.3.7, 7.1.5 and 8.1.3). Elements of other namespaces mean nothing.
     */
    private static boolean isOnlyRequest(ElementView stanza) {
        int requests = 0;
        for (ElementView child : stanza.children()) {
            String namespace = child.namespace();
            if (isPubSub(namespace)) {
                requests++;
                if (!isOnlyAction(child)) {
                    return false;
                }
            } else if (namespace.equals(Namespaces.DISCO_INFO)
                    || namespace.equals(Namespaces.DISCO_ITEMS)
                    || namespace.equals(Namespaces.PING)) {
                requests++;
            }
        }
        return requests == 1;
    }

    private static boolean isOnlyAction(ElementView pubsub) {
        int actions = 0;
        String options = null;
        for (ElementView child : pubsub.children()) {
            if (!isPubSub(child.namespace())) {
                continue;
            }
            actions++;
            if (actions == 1) {
                options = optionsOf(child.name());
            } else if (actions > 2 || !child.name().equals(options)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPubSub(String namespace) {
        return namespace.equals(Namespaces.PUBSUB) || namespace.equals(Namespaces.PUBSUB_OWNER);
    }

    private static @Nullable String optionsOf(String action) {
        return switch (action) {
            case "publish" -> "publish-options";
            case "create" -> "configure";
            case "subscribe" -> "options";
            default -> null;
        };
    }

    /** The first child of a namespace of PubSub's names the action. */
    private static @Nullable Request parsePubSub(ElementView pubsub, boolean set, boolean everyName) {
        ElementView action = firstAction(pubsub);
        String name = action == null ? null : action.attribute("node");
        if (action == null || name == null || name.isEmpty()) {
            return null;
        }
        boolean owner = pubsub.namespace().equals(Namespaces.PUBSUB_OWNER);
        boolean misplaced = !action.namespace().equals(pubsub.namespace());
        NodeType node = NodeType.named(name);
        if (node == null) {
            if (misplaced) {
                return null;
            }
            LeafRequest request = new LeafRequest(pubsub, action, knownName(action.name()), name);
            return request.parse(set, owner, everyName);
        }
        Request.Target target = new Request.Target(pubsub.namespace(), knownName(action.name()), node);
        if (misplaced) {
            return new Request.Unsupported(target);
        }
        if (!set) {
            boolean items = !owner && action.name().equals("items");
            return items ? items(target, pubsub, action) : new Request.Unsupported(target);
        }
        return owner ? ownersRequest(target) : usersRequest(target, action);
    }

    private static @Nullable ElementView firstAction(ElementView pubsub) {
        for (ElementView child : pubsub.children()) {
            if (isPubSub(child.namespace())) {
                return child;
            }
        }
        return null;
    }

    private static Request usersRequest(Request.Target target, ElementView action) {
        return switch (target.action()) {
            case "publish" -> new Request.Publish(target, action);
            case "subscribe" -> new Request.Subscribe(target, action.attribute("jid"));
            case "unsubscribe" -> new Request.Unsubscribe(target, action.attribute("jid"));
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

    /** XEP-0060, 6.5: all items, some by name, or the latest; and any part of that (XEP-0059). */
    static Request items(Request.Target target, ElementView pubsub, ElementView items) {
        Set<String> ids = new HashSet<>();
        for (ElementView item : items.children()) {
            String id = item.attribute("id");
            if (id != null && item.name().equals("item")) {
                ids.add(id);
            }
        }
        return new Request.Items(target, ids, PageRequest.parse(pubsub, items.attribute("max_items")));
    }

    private static @Nullable Request parseDisco(ElementView query, boolean set, boolean everyName) {
        Request.Target target = discoTarget(query.namespace(), query.attribute("node"), everyName);
        if (target == null) {
            return null;
        }
        if (set || !query.name().equals("query")) {
            return new Request.Unsupported(target);
        }
        return query.namespace().equals(Namespaces.DISCO_INFO)
                ? new Request.DiscoInfo(target)
                : new Request.DiscoItems(target, PageRequest.parse(query, null));
    }

    private static Request.@Nullable Target discoTarget(String namespace, @Nullable String name, boolean everyName) {
        if (name == null || name.isEmpty()) {
            return everyName ? Request.Target.ofService(namespace) : null;
        }
        NodeType node = NodeType.named(name);
        if (node != null) {
            return new Request.Target(namespace, "", node);
        }
        // Even if there are no other nodes: names may mean other things here than nodes (XEP-0050, XEP-0115).
        return new Request.Target(namespace, "", NodeType.DEVICE_STATE, name, Request.NodeClaim.READABLE);
    }

    /** The name that an error echoes: the sender's own, because Asterisk looks for it there, unless XEP-0060 could not have it. */
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
            default -> HARMLESS_NAME.matcher(action).matches() ? action : "items";
        };
    }
}
