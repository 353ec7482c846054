package org.devstate.core.reference;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** Rules 6 and 7: who has subscribed to what, and so hears what is said. Numbers the words in the order in which they are said. */
final class Audience {

    private record Seat(Jid session, NodeType node) {}

    /** Whether a session may hear what another says of a key. */
    interface Rules {
        boolean reach(Jid speaker, Jid receiver, Key key);
    }

    private Rules rules;
    private final Map<Seat, Hearing> hearings = new HashMap<>();
    private int words;

    Audience(Rules rules) {
        this.rules = rules;
    }

    void add(Jid session, NodeType node) {
        hearings.computeIfAbsent(
                new Seat(session, node),
                seat -> new Hearing(
                        session + " on " + node.nodeName(), (key, speaker) -> rules.reach(speaker, session, key)));
    }

    void remove(Jid session, NodeType node) {
        hearings.remove(new Seat(session, node));
    }

    void retain(Predicate<Jid> which) {
        hearings.keySet().removeIf(seat -> !which.test(seat.session()));
    }

    /** What {@code session} hears of {@code node}; {@code null} where it has not subscribed. */
    @Nullable
    Hearing hearing(Jid session, NodeType node) {
        return hearings.get(new Seat(session, node));
    }

    /**
     * Somebody says something.
     *
     * @param again whether it is told to those who heard the same last, too: not all did
     * @param farewell whether it is that what was said before is over
     */
    void tell(Key key, String value, boolean cachable, boolean again, Jid speaker, boolean farewell) {
        int number = ++words;
        boolean over = farewell || (cachable && Hearing.saysNothing(value));
        hearings.forEach((seat, hearing) -> {
            if (seat.node() == key.node() && !seat.session().equals(speaker)) {
                if (rules.reach(speaker, seat.session(), key)) {
                    hearing.due(key, new Hearing.Word(number, value, speaker, again, over), cachable);
                }
            } else if (seat.node() == key.node() && cachable) {
                hearing.saidItself(key, number);
            }
        });
    }

    /** One session is told, of the entries of the node, what others have said. */
    void snapshot(Jid session, NodeType node, Map<Key, Model.Entry> table) {
        Hearing hearing = hearing(session, node);
        if (hearing == null) {
            return;
        }
        hearing.beginsAnew();
        table.forEach((key, entry) -> {
            if (key.node() == node
                    && !entry.publisher().equals(session)
                    && rules.reach(entry.publisher(), session, key)) {
                hearing.dueAgain(key, ++words, entry.value(), entry.publisher());
            }
        });
    }

    /**
     * Others may hear what is said.
     *
     * @param lastWords what is said of an entry to those who may not hear of it any more
     */
    void change(Rules changed, Map<Key, Model.Entry> table, BiFunction<Key, Model.Entry, String> lastWords) {
        Rules before = rules;
        rules = changed;
        hearings.forEach((seat, hearing) -> {
            hearing.retain((key, speaker) -> changed.reach(speaker, seat.session(), key));
            table.forEach((key, entry) -> {
                Jid by = entry.publisher();
                if (key.node() != seat.node() || by.equals(seat.session())) {
                    return;
                }
                boolean could = before.reach(by, seat.session(), key);
                boolean can = changed.reach(by, seat.session(), key);
                if (could && !can) {
                    String over = lastWords.apply(key, entry);
                    hearing.due(key, new Hearing.Word(++words, over, by, true, true), true);
                } else if (can && !could) {
                    words += 2;
                    hearing.mayBeHeard(key, words - 1, entry.value(), by);
                }
            });
        });
    }

    /** One session has repeated what another has said last. */
    void takenOver(Key key, String value, Jid from, Jid by) {
        Hearing former = hearing(from, key.node());
        if (former != null && rules.reach(by, from, key)) {
            former.repeatedByAnother(key, ++words, value, by);
        }
        Hearing latter = hearing(by, key.node());
        if (latter != null) {
            latter.repeatedItself(key);
        }
    }

    /** A key was withdrawn, of which its last word was told last. */
    void withdrawn(Key key) {
        hearings.forEach((seat, hearing) -> {
            if (seat.node() == key.node()) {
                hearing.withdrawn(key);
            }
        });
    }

    void forEach(BiConsumer<Jid, NodeType> action) {
        hearings.keySet().forEach(seat -> action.accept(seat.session(), seat.node()));
    }

    void mustBeComplete() {
        hearings.values().forEach(Hearing::mustBeComplete);
    }

    int sessions() {
        HashSet<Jid> sessions = new HashSet<>();
        forEach((session, node) -> sessions.add(session));
        return sessions.size();
    }

    /** How many subscriptions the sessions of an account have together. */
    long subscriptionsOf(String account) {
        return hearings.keySet().stream()
                .filter(seat -> seat.session().bare().equals(account))
                .count();
    }
}
