package org.devstate.core.nodes;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.protocol.Request;
import org.devstate.core.state.StateTable;
import org.devstate.core.validation.ItemValidator;

/**
 * What comes of an owner's {@code delete} or {@code purge}: of the node, or the leaf, the sender's account takes back its own
 * entries and nobody else's. Others hear of it as of any change, as Asterisk takes an event without item for an error: a device
 * becomes UNAVAILABLE, a mailbox empty. Stateless.
 */
public final class Withdrawal {

    private Withdrawal() {}

    /**
     * Takes back what {@code request} names.
     *
     * @param sender the session that asks for it
     * @param onForget is given the key of each entry, under the entry's lock
     * @param onChange is given the last word on each entry, under the entry's lock; see {@link StateTable#forget}
     */
    public static void perform(
            StateTable table,
            Jid sender,
            Request.Delete request,
            long nowMs,
            Consumer<ItemKey> onForget,
            Consumer<Entry> onChange) {
        Predicate<Entry> own = entry -> entry.publisher().bare().equals(sender.bare());
        String leaf = request.target().leaf();
        if (leaf == null) {
            NodeType node = request.target().node();
            table.forget(node, own, lastWord(node), sender, nowMs, onForget, onChange);
            return;
        }
        String id = ItemValidator.normalId(leaf);
        Predicate<Entry> named = entry -> entry.key().id().equals(id);
        for (NodeType node : NodeType.values()) {
            table.forget(node, named.and(own), lastWord(node), sender, nowMs, onForget, onChange);
        }
    }

    private static Value lastWord(NodeType node) {
        return node == NodeType.DEVICE_STATE ? DeviceState.UNAVAILABLE : MailboxCounts.NONE;
    }
}
