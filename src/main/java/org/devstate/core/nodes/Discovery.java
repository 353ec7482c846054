// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.nodes;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Visibility;
import org.devstate.core.protocol.DiscoveryInfo;
import org.devstate.core.protocol.DiscoveryInfo.Identity;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.PageRequest;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.state.StateTable;

/**
 * Answers discovery (XEP-0030; XEP-0060, 5). The service has the two nodes. Each of them has, as a collection, the leaf nodes that are
 * named after its entries (XEP-0248). Asterisk's {@code xmpp list nodes} and {@code xmpp purge nodes} read it in this form: they need
 * the names of nodes; a leaf node has its one item. Thread-safe.
 */
final class Discovery {

    private final Jid service;
    private final List<String> features;
    private final StateTable table;
    private final Visibility visibility;

    Discovery(Jid service, NodeOwnership ownership, StateTable table, Visibility visibility) {
        this.service = service;
        this.table = table;
        this.visibility = visibility;
        this.features = ownership == NodeOwnership.SOLE ? DiscoveryInfo.SERVICE_FEATURES : DiscoveryInfo.NODE_FEATURES;
    }

    /** XEP-0060, 5.1 and 5.3. */
    XmlElement info(Request.Target target) {
        if (target.isService()) {
            return DiscoveryInfo.write(null, List.of(DiscoveryInfo.SERVICE), features);
        }
        List<Identity> identities = target.leaf() == null
                ? List.of(DiscoveryInfo.COLLECTION, DiscoveryInfo.LEAF)
                : List.of(DiscoveryInfo.LEAF);
        return DiscoveryInfo.write(target.name(), identities, DiscoveryInfo.NODE_FEATURES);
    }

    /** XEP-0060, 5.2 and 5.5. */
    XmlElement items(Jid reader, Request.Target target, PageRequest pageRequest) {
        String at = pageRequest.before() != null ? pageRequest.before() : pageRequest.after();
        Page<String> page = new Page<>(pageRequest, Comparator.naturalOrder(), at == null || at.isEmpty() ? null : at);
        names(reader, target).forEach(page::offer);
        XmlElement.XmlElementBuilder query = XmlElement.element("query", Namespaces.DISCO_ITEMS)
                .attribute("node", target.isService() ? null : target.name());
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
}
