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
 * Rule 9, as far as sessions go: a full address has one life after another, and a server (an EID) is held by the life that spoke
 * for it: by the newest, though one that is over gives way to any that is not.
 */
final class SessionLedger {

    /** One life of a full address. */
    static final class SessionEpoch {
        final Jid session;
        final int number;
        boolean over;

        SessionEpoch(Jid session, int number) {
            this.session = session;
            this.number = number;
        }
    }

    /** A life that is over, and what is to become of its states when. */
    record Ending(SessionEpoch epoch, long dueMs, @Nullable String offlineState) {}

    /** Endings of lives that turned out not to be over. */
    private final Set<Ending> revoked = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<Jid, SessionEpoch> epochs = new HashMap<>();
    private final Map<String, SessionEpoch> holders = new HashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private int count;

    /** A server was held by that address before a restart, in a life that is over. */
    void restore(String eid, Jid session) {
        SessionEpoch before = new SessionEpoch(session, 0);
        before.over = true;
        holders.put(eid, before);
    }

    /** Who holds each server. */
    Map<String, Jid> holders() {
        Map<String, Jid> sessions = new HashMap<>();
        holders.forEach((eid, holder) -> sessions.put(eid, holder.session));
        return sessions;
    }

    /** Whether the server is held by an address that has been heard of since a restart and is there. */
    boolean isHeld(String eid) {
        SessionEpoch holder = holders.get(eid);
        SessionEpoch epoch = holder == null ? null : epochs.get(holder.session);
        return epoch != null && !epoch.over;
    }

    /** The life of that address now; {@code null} where there is none, or none any more. */
    @Nullable
    SessionEpoch current(Jid session) {
        return epochs.get(session);
    }

    /** The same, and where there is none, one begins. */
    SessionEpoch of(Jid session) {
        return epochs.computeIfAbsent(session, jid -> new SessionEpoch(jid, ++count));
    }

    /** A new life begins; tells whether it is a return within the grace. */
    boolean begin(Jid session) {
        SessionEpoch before = epochs.put(session, new SessionEpoch(session, ++count));
        boolean returned = before != null && before.over;
        if (before != null) {
            before.over = true;
        }
        return returned;
    }

    /** The address subscribes, so its life is not over; tells whether it was said to be. */
    boolean revive(Jid session) {
        SessionEpoch epoch = epochs.get(session);
        if (epoch == null || !epoch.over) {
            return false;
        }
        epoch.over = false;
        endings.stream().filter(ending -> ending.epoch() == epoch).forEach(revoked::add);
        return true;
    }

    /** A life speaks for a server. */
    void claim(SessionEpoch epoch, String eid) {
        SessionEpoch holder = holders.get(eid);
        boolean newer = holder == null || epoch.number >= holder.number;
        boolean outlives = holder != null && holder.over && !epoch.over;
        if (outlives || (newer && (!epoch.over || holder == null || holder.over))) {
            holders.put(eid, epoch);
        }
    }

    /** The servers that the address holds, from this or an earlier life. */
    Set<String> held(Jid session) {
        Set<String> held = new HashSet<>();
        holders.forEach((eid, holder) -> {
            if (holder.session.equals(session)) {
                held.add(eid);
            }
        });
        return held;
    }

    /** The life of that address is over; tells whether there was one that was not. */
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

    /** When the next grace is over; never, where none is under way. */
    long nextDueMs() {
        return endings.stream().mapToLong(Ending::dueMs).min().orElse(Long.MAX_VALUE);
    }

    /** The servers that nobody holds any more, now that the grace of that ending is over. */
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

    /** How many lives are over and wait for their grace to be so. */
    int waiting() {
        return endings.size();
    }
}
