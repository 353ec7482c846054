// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * Rule 9, as far as sessions go: a full JID has one epoch after another, and a server (an EID) is held by the epoch that published
 * for it: by the newest, though one that is over gives way to any that is not.
 */
final class SessionLedger {

    /** One epoch of a full JID: a login of it. */
    static final class SessionEpoch {
        final Jid session;
        final int number;
        boolean over;

        SessionEpoch(Jid session, int number) {
            this.session = session;
            this.number = number;
        }
    }

    /** An epoch that has ended, and what becomes of its states when. */
    record Ending(SessionEpoch epoch, long dueMs, @Nullable String offlineState) {}

    /** Endings of epochs that turned out not to be over. */
    private final Set<Ending> revoked = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<Jid, SessionEpoch> epochs = new HashMap<>();
    private final Map<String, SessionEpoch> holders = new HashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private int count;

    /** A server was held by that session before a restart, in an epoch that has ended. */
    void restore(String eid, Jid session) {
        SessionEpoch before = new SessionEpoch(session, 0);
        before.over = true;
        holders.put(eid, before);
    }

    /** The session that holds each server. */
    Map<String, Jid> holders() {
        Map<String, Jid> sessions = new HashMap<>();
        holders.forEach((eid, holder) -> sessions.put(eid, holder.session));
        return sessions;
    }

    /** Whether the server is held by a session that has sent something since a restart and is there. */
    boolean isHeld(String eid) {
        SessionEpoch holder = holders.get(eid);
        SessionEpoch epoch = holder == null ? null : epochs.get(holder.session);
        return epoch != null && !epoch.over;
    }

    /** The epoch of that session now; {@code null} if there is none, or none any more. */
    @Nullable
    SessionEpoch current(Jid session) {
        return epochs.get(session);
    }

    /** The same; if there is none, one begins. */
    SessionEpoch of(Jid session) {
        return epochs.computeIfAbsent(session, jid -> new SessionEpoch(jid, ++count));
    }

    /** A new epoch begins; returns whether it is a return within the grace period. */
    boolean begin(Jid session) {
        SessionEpoch before = epochs.put(session, new SessionEpoch(session, ++count));
        boolean returned = before != null && before.over;
        if (before != null) {
            before.over = true;
        }
        return returned;
    }

    /** The session subscribes, so its epoch has not ended; returns whether it was reported to have. */
    boolean revive(Jid session) {
        SessionEpoch epoch = epochs.get(session);
        if (epoch == null || !epoch.over) {
            return false;
        }
        epoch.over = false;
        endings.stream().filter(ending -> ending.epoch() == epoch).forEach(revoked::add);
        return true;
    }

    /** A session of that epoch publishes for a server. */
    void claim(SessionEpoch epoch, String eid) {
        SessionEpoch holder = holders.get(eid);
        boolean newer = holder == null || epoch.number >= holder.number;
        boolean outlives = holder != null && holder.over && !epoch.over;
        if (outlives || (newer && (!epoch.over || holder == null || holder.over))) {
            holders.put(eid, epoch);
        }
    }

    /** The servers that the session holds, from this or an earlier epoch. */
    Set<String> held(Jid session) {
        Set<String> held = new HashSet<>();
        holders.forEach((eid, holder) -> {
            if (holder.session.equals(session)) {
                held.add(eid);
            }
        });
        return held;
    }

    /** The epoch of that session has ended; returns whether there was one that had not. */
    boolean end(Jid session, long dueMs, @Nullable String offlineState) {
        SessionEpoch epoch = epochs.get(session);
        if (epoch == null || epoch.over) {
            return false;
        }
        epoch.over = true;
        endings.add(new Ending(epoch, dueMs, offlineState));
        return true;
    }

    /** The next ending whose grace is over, in the order of their ends. */
    @Nullable
    Ending nextDue(long nowMs) {
        Ending first = null;
        for (Ending ending : endings) {
            if (ending.dueMs() <= nowMs && (first == null || ending.dueMs() < first.dueMs())) {
                first = ending;
            }
        }
        if (first != null) {
            endings.remove(first);
        }
        return first;
    }

    /** When the next grace period is over; never, if none is under way. */
    long nextDueMs() {
        return endings.stream().mapToLong(Ending::dueMs).min().orElse(Long.MAX_VALUE);
    }

    /** The servers that no session holds any more, now that the grace period of that ending is over. */
    Set<String> lapse(Ending ending) {
        if (revoked.remove(ending)) {
            return Set.of();
        }
        SessionEpoch epoch = ending.epoch();
        epochs.remove(epoch.session, epoch);
        Set<String> lapsed = new HashSet<>();
        Iterator<Map.Entry<String, SessionEpoch>> held = holders.entrySet().iterator();
        while (held.hasNext()) {
            Map.Entry<String, SessionEpoch> each = held.next();
            SessionEpoch holder = each.getValue();
            if (holder.session.equals(epoch.session) && holder.number <= epoch.number) {
                lapsed.add(each.getKey());
                held.remove();
            }
        }
        return lapsed;
    }

    /** How many epochs have ended and wait for their grace period to be over. */
    int waiting() {
        return endings.size();
    }
}
