// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.nodes;

import java.util.Comparator;
import java.util.Set;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.policy.Visibility;
import org.devstate.core.protocol.Item;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.PageRequest;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries as items (XEP-0060, 6.5), in the order of their names; with {@code max_items}, those that changed last, the latest
 * first. The entries of several servers for one device or mailbox are several items of the same id, with different {@code eid}s in the
 * payload: only all of them together give the state, as for Asterisk. Thread-safe.
 */
final class ItemsReader {

    private static final Comparator<Entry> BY_NAME = Comparator.comparing(
                    (Entry entry) -> entry.key().id())
            .thenComparingLong(entry -> entry.key().eid().value())
            .thenComparing(entry -> entry.key().node());
    private static final Comparator<Entry> LATEST_FIRST =
            Comparator.comparingLong(Entry::changedAtMs).reversed().thenComparing(BY_NAME);
    private static final Jid NO_PUBLISHER = Jid.of("none");

    private final StateTable table;
    private final Visibility visibility;

    ItemsReader(StateTable table, Visibility visibility) {
        this.table = table;
        this.visibility = visibility;
    }

    /** The answer to {@code reader}; {@code null} if the place that the part begins or ends at is none of ours. */
    @Nullable
    XmlElement read(Jid reader, Request.Items request, PageRequest pageRequest) {
        String at = pageRequest.before() != null ? pageRequest.before() : pageRequest.after();
        Entry place =
                at == null || at.isEmpty() ? null : parsePlace(request.target().node(), at);
        if (place == null && at != null && !(at.isEmpty() && pageRequest.before() != null)) {
            return null;
        }
        Page<Entry> page = new Page<>(pageRequest, pageRequest.latest() ? LATEST_FIRST : BY_NAME, place);
        collect(reader, request, page);
        XmlElement.XmlElementBuilder items = XmlElement.element("items", Namespaces.PUBSUB)
                .attribute("node", request.target().name());
        page.content().forEach(entry -> items.child(Item.of(entry.key(), entry.value(), true, Namespaces.PUBSUB)));
        XmlElement.XmlElementBuilder pubsub =
                XmlElement.element("pubsub", Namespaces.PUBSUB).child(items.build());
        XmlElement set = page.set(ItemsReader::place);
        return (set == null ? pubsub : pubsub.child(set)).build();
    }

    private void collect(Jid reader, Request.Items request, Page<Entry> page) {
        Set<String> ids = request.ids();
        String leaf = request.target().leaf();
        for (NodeType node : NodeType.values()) {
            if (leaf == null && node != request.target().node()) {
                continue;
            }
            table.forEach(node, entry -> {
                String id = entry.key().id();
                boolean wanted = (leaf == null || leaf.equals(id)) && (ids.isEmpty() || ids.contains(id));
                if (wanted && visibility.allows(reader, entry)) {
                    page.offer(entry);
                }
            });
        }
    }

    /** Several entries can have one id, so the server's EID is added. */
    private static String place(Entry entry) {
        return entry.key().id() + ' ' + entry.key().eid();
    }

    private static @Nullable Entry parsePlace(NodeType node, String text) {
        int space = text.lastIndexOf(' ');
        Eid eid = space < 0 ? null : Eid.parse(text.substring(space + 1));
        return eid == null
                ? null
                : new Entry(
                        new Publication(
                                new ItemKey(node, text.substring(0, space), eid),
                                DeviceState.UNKNOWN,
                                NO_PUBLISHER,
                                0,
                                0),
                        0);
    }
}
