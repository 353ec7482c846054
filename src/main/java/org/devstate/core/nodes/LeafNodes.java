// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.nodes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Visibility;
import org.devstate.core.protocol.Request;
import org.devstate.core.state.StateTable;
import org.devstate.core.validation.ItemValidator;

/**
 * The leaf nodes that a session may address although its request does not show that they are leaf nodes. Leaf nodes do not exist; but
 * if the host has nodes of its own at the address, an {@code affiliations} on {@code PJSIP/100} may be about one of them or about a
 * leaf that Asterisk believes it has just made. It is taken for a leaf if the sender is admitted and
 *
 * <ul>
 *   <li>the same session was lately answered that a leaf of that name is made: Asterisk sends {@code create} and {@code affiliations}
 *       back to back, but from two threads, so that others' may stand between;
 *   <li>or its account has published an entry of that name, which is the leaf's only item. To read it, any entry suffices that the
 *       sender may receive.
 * </ul>
 *
 * An account that is not admitted has no leaf nodes, so that the answers do not reveal which devices there are.
 *
 * <p>Thread-safe. Bounded by {@value #SESSIONS} sessions with {@value #NAMES} names each; the oldest are forgotten first.
 */
public final class LeafNodes {

    private static final int SESSIONS = 1_000;
    private static final int NAMES = 16;
    private static final int MAX_NAME = 255;

    private final NodeOwnership ownership;
    private final ActivePolicy activePolicy;
    private final StateTable table;
    private final Visibility visibility;
    private final Map<Jid, Deque<String>> made = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param ownership whether others have nodes at the address
     * @param activePolicy only admitted sessions have leaf nodes
     * @param table the published entries
     * @param visibility which of them a session may read
     */
    public LeafNodes(NodeOwnership ownership, ActivePolicy activePolicy, StateTable table, Visibility visibility) {
        this.ownership = ownership;
        this.activePolicy = activePolicy;
        this.table = table;
        this.visibility = visibility;
    }

    /** Whether every name at the address is one of ours. */
    public boolean areAll() {
        return ownership == NodeOwnership.SOLE;
    }

    /** Whether the target of a request of {@code session} is one of our nodes. */
    public boolean include(Jid session, Request.Target target) {
        String leaf = target.leaf();
        if (target.claim() == Request.NodeClaim.CERTAIN || leaf == null) {
            return true;
        }
        if (!activePolicy.admits(session)) {
            return false;
        }
        return target.claim() == Request.NodeClaim.OF_SENDER
                ? isMade(session, leaf)
                        || isPublished(
                                leaf, entry -> entry.publisher().account().equals(session.account()))
                : isPublished(leaf, entry -> visibility.allows(session, entry));
    }

    /** Notes the leaf that {@code session} has made by {@code request}, if it is one. */
    public synchronized void note(Jid session, Request.Upkeep request) {
        String leaf = request.target().leaf();
        boolean worthNoting =
                ownership == NodeOwnership.SHARED && request.target().action().equals("create");
        if (leaf == null || leaf.length() > MAX_NAME || !worthNoting) {
            return;
        }
        Deque<String> names = made.computeIfAbsent(session, jid -> new ArrayDeque<>());
        names.remove(leaf);
        names.addLast(leaf);
        if (names.size() > NAMES) {
            names.removeFirst();
        }
        if (made.size() > SESSIONS) {
            Iterator<Jid> oldest = made.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Forgets the leaves that {@code session} has made. */
    public synchronized void forget(Jid session) {
        made.remove(session);
    }

    private synchronized boolean isMade(Jid session, String node) {
        Deque<String> names = made.get(session);
        return names != null && names.contains(node);
    }

    /** Looks up each key of that name, and no others. */
    private boolean isPublished(String node, Predicate<Entry> which) {
        String id = ItemValidator.normalId(node);
        return table.devicesOf(id).stream().anyMatch(which)
                || table.mailboxes().entriesOf(id).stream().anyMatch(which);
    }
}
