// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.nodes;

import org.devstate.core.model.Jid;
import org.devstate.core.policy.Visibility;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.PageRequest;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/** Answers readers (XEP-0060, 5 and 6.5). Thread-safe; walks over the table, one segment locked at a time. */
public final class NodeReader {

    private final ItemsReader items;
    private final Discovery discovery;

    /**
     * @param service the address of the service
     * @param ownership whether others have nodes at that address
     * @param table the entries
     * @param visibility which of them a session may read
     */
    public NodeReader(Jid service, NodeOwnership ownership, StateTable table, Visibility visibility) {
        this.items = new ItemsReader(table, visibility);
        this.discovery = new Discovery(service, ownership, table, visibility);
    }

    /**
     * The answer to {@code iq}; {@code null} if the requested part cannot be read.
     *
     * @param asked the address of the request, which may be another than that of the service
     * @param to the sender of the request
     */
    public @Nullable XmlElement answer(ElementView iq, Jid asked, Jid to, Request.Query query) {
        if (query instanceof Request.Ping) {
            return Replies.result(iq, asked, to);
        }
        XmlElement content = content(to, query);
        return content == null ? null : Replies.result(iq, asked, to, content);
    }

    private @Nullable XmlElement content(Jid reader, Request.Query query) {
        if (query instanceof Request.Items request) {
            PageRequest pageRequest = request.pageRequest();
            return pageRequest == null ? null : items.read(reader, request, pageRequest);
        }
        if (query instanceof Request.DiscoItems request) {
            PageRequest pageRequest = request.pageRequest();
            return pageRequest == null ? null : discovery.items(reader, request.target(), pageRequest);
        }
        if (query instanceof Request.DiscoInfo request) {
            return discovery.info(request.target());
        }
        throw new IllegalStateException("nothing answers " + query.getClass());
    }
}
