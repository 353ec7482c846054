// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import java.util.Set;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Request;
import org.devstate.core.validation.ItemValidator;
import org.jspecify.annotations.Nullable;

/**
 * An owner's {@code delete} or {@code purge} of a node or leaf: it withdraws the entries of the sender's own account, and no others.
 * Subscribers receive it as a change, because Asterisk treats a message without an item as an error: a device becomes UNAVAILABLE, and
 * a mailbox takes the newest entry of other servers, or becomes empty. The site's offline state is not used for the device: it means that
 * a server has gone, and this server is there.
 *
 * @param nodes the nodes of the entries
 * @param id the id of the entries; {@code null} for all
 * @param sender the session that withdraws them
 */
public record Withdrawal(Set<NodeType> nodes, @Nullable String id, Jid sender) {

    public Withdrawal {
        nodes = Set.copyOf(nodes);
    }

    /** Returns the withdrawal of {@code request}. */
    public static Withdrawal of(Jid sender, Request.Delete request) {
        String leaf = request.target().leaf();
        return leaf == null
                ? new Withdrawal(Set.of(request.target().node()), null, sender)
                : new Withdrawal(Set.of(NodeType.values()), ItemValidator.normalId(leaf), sender);
    }

    /** Whether {@code entry}, of one of the nodes, is withdrawn. */
    boolean includes(Entry entry) {
        return (id == null || entry.key().id().equals(id))
                && entry.publisher().account().equals(sender.account());
    }
}
