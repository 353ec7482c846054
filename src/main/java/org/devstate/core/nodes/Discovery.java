package org.devstate.core.nodes;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Visibility;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.Paging;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * Says what there is (XEP-0030; XEP-0060, 5): the service has the two nodes; each of them has, as a collection, the leaf nodes
 * that are named after what is known on it (XEP-0248). That is how Asterisk's {@code xmpp list nodes} and {@code xmpp purge nodes}
 * read it, which want the names of nodes; a leaf node has its one item. Thread-safe.
 */
final class Discovery {

    private static final List<String> NODE_FEATURES = List.of(
            Namespaces.DISCO_INFO,
            Namespaces.DISCO_ITEMS,
            Namespaces.PUBSUB,
            Namespaces.PUBSUB + "#item-ids",
            Namespaces.PUBSUB + "#publish",
            Namespaces.PUBSUB + "#retrieve-items",
            Namespaces.PUBSUB + "#subscribe",
            Namespaces.RSM);

    private final Jid service;
    private final List<String> features;
    private final StateTable table;
    private final Visibility visibility;

    Discovery(Jid service, Tenancy tenancy, StateTable table, Visibility visibility) {
        this.service = service;
        this.table = table;
        this.visibility = visibility;
        Stream<String> own = tenancy == Tenancy.SOLE ? Stream.of(Namespaces.PING) : Stream.of();
        this.features = Stream.concat(NODE_FEATURES.stream(), own).toList();
    }

    /** XEP-0060, 5.1 and 5.3. */
    XmlElement info(Request.Target target) {
        XmlElement.Builder query = query(Namespaces.DISCO_INFO, target);
        if (target.isService()) {
            query.child(identity("service", "tigase-devstate"));
            features.forEach(feature -> query.child(feature(feature)));
            return query.build();
        }
        if (target.leaf() == null) {
            query.child(identity("collection", null));
        }
        query.child(identity("leaf", null));
        NODE_FEATURES.forEach(feature -> query.child(feature(feature)));
        return query.build();
    }

    /** XEP-0060, 5.2 and 5.5. */
    XmlElement items(Jid reader, Request.Target target, Paging paging) {
        String at = paging.before() != null ? paging.before() : paging.after();
        Page<String> page = new Page<>(paging, Comparator.naturalOrder(), at == null || at.isEmpty() ? null : at);
        names(reader, target).forEach(page::offer);
        XmlElement.Builder query = query(Namespaces.DISCO_ITEMS, target);
        for (String name : page.content()) {
            boolean isNode = target.isService() || target.leaf() == null;
            query.child(XmlElement.element("item", Namespaces.DISCO_ITEMS)
                    .attribute("jid", service.toString())
                    .attribute("node", isNode ? name : null)
                    .attribute("name", name)
                    .build());
        }
        XmlElement set = page.set(name -> name);
        return (set == null ? query : query.child(set)).build();
    }

    private Set<String> names(Jid reader, Request.Target target) {
        Set<String> names = new HashSet<>();
        for (NodeType node : NodeType.values()) {
            if (target.isService()) {
                names.add(node.nodeName());
            } else if (target.leaf() != null) {
                names.add(target.leaf());
            } else if (node == target.node()) {
                table.forEach(node, entry -> {
                    if (visibility.allows(reader, entry)) {
                        names.add(entry.key().id());
                    }
                });
            }
        }
        return names;
    }

    private static XmlElement.Builder query(String namespace, Request.Target target) {
        return XmlElement.element("query", namespace).attribute("node", target.isService() ? null : target.name());
    }

    private static XmlElement identity(String type, @Nullable String name) {
        return XmlElement.element("identity", Namespaces.DISCO_INFO)
                .attribute("category", "pubsub")
                .attribute("type", type)
                .attribute("name", name)
                .build();
    }

    private static XmlElement feature(String feature) {
        return XmlElement.element("feature", Namespaces.DISCO_INFO)
                .attribute("var", feature)
                .build();
    }
}
