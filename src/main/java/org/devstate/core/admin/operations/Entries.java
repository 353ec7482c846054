// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.operations;

import java.util.List;
import java.util.function.Predicate;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.policy.Decision;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.jspecify.annotations.Nullable;

/** The stored entries. Implementations are thread-safe. */
public interface Entries {

    /**
     * An entry, for a person.
     *
     * @param site the name of the site of its server; empty if that is in none
     * @param byHand whether an administrator has set it, and its server has not published it since
     */
    record Known(Entry entry, String site, boolean byHand) {}

    /**
     * Some of the entries.
     *
     * @param entries in the order of node, id and EID
     * @param count how many there are in all
     */
    record FoundEntries(List<Known> entries, int count) {}

    /** The outcome of setting an entry. */
    enum SetOutcome {
        /** It is set, and its subscribers are notified. */
        DONE,
        /** It had that value already. */
        SAME,
        /** The EID belongs to no account, so its subscribers could not determine its origin. */
        NO_SERVER,
        /** Its server has as many entries as it may. */
        FULL,
        /** A publish rule of its server's site drops it. */
        DROPPED
    }

    /** Now, in milliseconds since the epoch. */
    long nowMs();

    /**
     * Finds entries. Looks at all of them.
     *
     * @param which matches the entries to find; called with locks held
     * @param after the key before the first one; {@code null} for the start
     * @param most the most entries to return
     */
    FoundEntries find(Predicate<Known> which, @Nullable ItemKey after, int most);

    /** The outcome of an entry at a subscriber, or at a site. */
    enum Fate {
        DELIVERED("delivered"),
        /** It is in the queue of that session. */
        WAITING("waiting"),
        /** Another server has published the mailbox since, and only the newest value of a mailbox counts at a subscriber. */
        SUPERSEDED("superseded"),
        /** The session published it itself, and so does not receive it. */
        OWN("own"),
        /** The site may receive it, but none of its sessions is subscribed. */
        NO_SUBSCRIBER("no subscriber"),
        /** The session is connected but not subscribed. */
        NOT_SUBSCRIBED("not subscribed"),
        DENIED("denied");

        private final String word;

        Fate(String word) {
            this.word = word;
        }

        /** For people and programs. */
        public String word() {
            return word;
        }
    }

    /**
     * A subscriber of an entry, or a site without any.
     *
     * @param site the name of the site; empty if there is none
     * @param session the full JID; empty for a site
     * @param decision the rule, or other fact, that decides
     */
    record EntrySubscriber(String site, String session, Fate fate, Decision decision) {

        /** The reason, for a person. */
        public String because() {
            return decision.because();
        }
    }

    /** Which subscribers an entry has reached, and which not and why: one for each session, or each site without any. */
    List<EntrySubscriber> subscribers(Entry entry);

    /**
     * Sets an entry in the place of its server; the server's next publish replaces it.
     *
     * @param administrator the account that sets it
     */
    SetOutcome set(ItemKey key, Value value, Account administrator);

    /** How entries of a device or mailbox were set by hand at this node, since it was started: of each key the last. */
    List<EntryOverride> overrides(NodeType node, String id);

    /** Removes an entry and notifies its subscribers. Returns whether there was one. */
    boolean clear(ItemKey key);

    /** The names of devices or mailboxes that are known and differ from {@code id} in upper and lower case only; in order. */
    default List<String> inOtherCase(NodeType node, String id) {
        return find(known -> isInOtherCase(known.entry().key(), node, id), null, Integer.MAX_VALUE).entries().stream()
                .map(known -> known.entry().key().id())
                .distinct()
                .toList();
    }

    private static boolean isInOtherCase(ItemKey key, NodeType node, String id) {
        return key.node() == node && key.id().equalsIgnoreCase(id) && !key.id().equals(id);
    }

    /**
     * States of a device that were not cachable, and thus not stored: the last of each EID, of the {@value
     * NonCachableStates#MOST} devices that had such a state last. An Asterisk does not aggregate such a state: its queues show it, but no
     * hint does; a cachable one of the same EID that is newer has been stored.
     */
    List<NonCachableStates.NonCachableState> nonCachable(String device);

    /** Devices of that name that were published before a restart of the service, and by their server not since. */
    List<Entry> awaited(String device);

    /**
     * Removes entries, as {@link #clear(ItemKey)} does with one. Returns how many.
     *
     * @param which matches the entries to remove; called with locks held
     */
    int clear(Predicate<Known> which);

    /** The entries of all servers for one device or mailbox, in the order of their EIDs. */
    default List<Known> of(NodeType node, String id) {
        return find(
                        known -> known.entry().key().node() == node
                                && known.entry().key().id().equals(id),
                        null,
                        Integer.MAX_VALUE)
                .entries();
    }
}
