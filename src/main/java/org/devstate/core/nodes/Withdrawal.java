package org.devstate.core.nodes;

import java.util.function.Predicate;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.protocol.Request;
import org.devstate.core.validation.ItemValidator;

/**
 * What comes of an owner's {@code delete} or {@code purge}: of the node, or the leaf, the sender's account takes back its own
 * entries and nobody else's. Others hear of it as of any change, as Asterisk takes an event without item for an error: a device
 * becomes UNAVAILABLE, a mailbox what others still publish of it, or empty. Stateless.
 */
public final class Withdrawal {

    /** Removes entries. */
    @FunctionalInterface
    public interface Remover {

        /**
         * Removes entries of {@code node}, and offers subscribers what holds from then on.
         *
         * @param which the ones to remove
         * @param lastState what is told of a device at last, unless it was told before
         * @param speaker the session, or account, that withdraws them
         * @return how many there were
         */
        int remove(NodeType node, Predicate<Entry> which, Value lastState, Jid speaker);
    }

    private Withdrawal() {}

    /**
     * Takes back what {@code request} names.
     *
     * @param sender the session that asks for it
     */
    public static void perform(Remover remover, Jid sender, Request.Delete request) {
        Predicate<Entry> own = entry -> entry.publisher().bare().equals(sender.bare());
        String leaf = request.target().leaf();
        if (leaf == null) {
            var unused = remover.remove(request.target().node(), own, DeviceState.UNAVAILABLE, sender);
            return;
        }
        String id = ItemValidator.normalId(leaf);
        Predicate<Entry> named = entry -> entry.key().id().equals(id);
        for (NodeType node : NodeType.values()) {
            var unused = remover.remove(node, named.and(own), DeviceState.UNAVAILABLE, sender);
        }
    }
}
