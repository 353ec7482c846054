package org.devstate.core.entries;

import java.util.Set;
import java.util.function.Predicate;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Request;
import org.devstate.core.validation.ItemValidator;

/**
 * An owner's {@code delete} or {@code purge} of a node or leaf: it withdraws the entries of the sender's own account, and no others.
 * Subscribers receive it as a change, because Asterisk treats a message without an item as an error: a device becomes UNAVAILABLE, and
 * a mailbox takes the newest entry of other servers, or becomes empty.
 *
 * @param nodes the nodes of the entries
 * @param which matches the entries
 * @param sender the session that withdraws them
 */
public record Withdrawal(Set<NodeType> nodes, Predicate<Entry> which, Jid sender) {

    public Withdrawal {
        nodes = Set.copyOf(nodes);
    }

    /** Returns the withdrawal of {@code request}. */
    public static Withdrawal of(Jid sender, Request.Delete request) {
        Predicate<Entry> own = entry -> entry.publisher().bare().equals(sender.bare());
        String leaf = request.target().leaf();
        if (leaf == null) {
            return new Withdrawal(Set.of(request.target().node()), own, sender);
        }
        String id = ItemValidator.normalId(leaf);
        Predicate<Entry> named = entry -> entry.key().id().equals(id);
        return new Withdrawal(Set.of(NodeType.values()), named.and(own), sender);
    }
}
