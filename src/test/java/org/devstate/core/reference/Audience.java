package org.devstate.core.reference;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/** Rules 6 and 7: who has subscribed to what, and so hears what is said. Numbers the words in the order in which they are said. */
final class Audience {

    private record Seat(Jid session, NodeType node) {}

    /** Whether a session may hear what another says of a key. */
    interface Rules {
        boolean reach(Jid speaker, Jid receiver, Key key);

        /** Whether a rate limit is in force for it. */
        boolean limit(Jid receiver);
    }

    private Rules rules;
    private final Map<Seat, Hearing> hearings = new HashMap<>();

    /** What has ended since they subscribed last, for all who are expected to do so again. */
    private final Map<Seat, Map<Key, Ended>> ended = new HashMap<>();

    /** The last word on a key, and in whose name it is over. */
    private record Ended(Key key, String text, Jid speaker, long toldMs) {
        Ended(Key key, String text, Jid speaker) {
            this(key, text, speaker, NOT_YET);
        }

        Ended told(long nowMs) {
            return toldMs == NOT_YET ? new Ended(key, text, speaker, nowMs) : this;
        }
    }

    private static final long NOT_YET = 1L << 60;

    /** So long after a login, all has been received. */
    private static final long SETTLED_MS = 600_000;

    private int words;

    Audience(Rules rules) {
        this.rules = rules;
    }

    /** It subscribes, and hears of what has ended since it did so last, unless it may hear anything else of that: that is told, or awaited. */
    void add(Jid session, NodeType node, Map<Key, Model.Entry> table, Map<Key, Model.Entry> awaited, long nowMs) {
        Seat seat = new Seat(session, node);
        Hearing hearing = hearings.computeIfAbsent(
                seat,
                siteIndex -> new Hearing(
                        session + " on " + node.nodeName(), (key, speaker) -> rules.reach(speaker, session, key)));
        hearing.limit(rules.limit(session));
        expect(session, node);
        Map<Key, Ended> missed = ended.get(seat);
        if (missed != null) {
            missed.values().removeIf(end -> end.toldMs() + SETTLED_MS <= nowMs);
            missed.replaceAll((key, end) -> end.told(nowMs));
            missed.values().forEach(end -> {
                if (!counts(end.key(), session, table) && !counts(end.key(), session, awaited)) {
                    hearing.due(
                            end.key().subject(),
                            new Hearing.Word(++words, end.text(), end.speaker(), true, true),
                            true);
                }
            });
        }
    }

    /** Whether it is expected to subscribe. */
    boolean isExpected(Jid session, NodeType node) {
        return ended.containsKey(new Seat(session, node));
    }

    /** Whether it may have missed that the key has ended. */
    boolean misses(Jid session, Key key) {
        return ended.getOrDefault(new Seat(session, key.node()), Map.of()).keySet().stream()
                .anyMatch(end -> end.subject().equals(key.subject()));
    }

    /** Whether that is what counts for {@code session}: it may hear it, or has said it itself. */
    boolean counts(Jid session, Heard heard, Map<Key, Model.Entry> table) {
        Model.Entry entry = table.get(heard.key());
        return entry != null
                && entry.value().equals(heard.value())
                && (entry.publisher().equals(session) || rules.reach(entry.publisher(), session, heard.key()));
    }

    /** Whether something is known of the device or mailbox that {@code session} may hear, or has said itself. */
    private boolean counts(Key key, Jid session, Map<Key, Model.Entry> entries) {
        return entries.entrySet().stream()
                .filter(each -> each.getKey().subject().equals(key.subject()))
                .anyMatch(each -> each.getValue().publisher().equals(session)
                        || rules.reach(each.getValue().publisher(), session, each.getKey()));
    }

    /** It is expected to subscribe, and misses what ends until then. */
    void expect(Jid session, NodeType node) {
        ended.computeIfAbsent(new Seat(session, node), seat -> new LinkedHashMap<>());
    }

    void remove(Jid session, NodeType node) {
        hearings.remove(new Seat(session, node));
    }

    void remove(Jid session) {
        for (NodeType node : NodeType.values()) {
            remove(session, node);
        }
    }

    /** A device of {@code by} is over: whoever heard of it is told so when he subscribes again, as he may have missed it. */
    void ends(Key key, Jid by, String text, Jid speaker) {
        hearings.forEach((seat, hearing) -> {
            Jid session = seat.session();
            boolean own = by.equals(session) || speaker.equals(session);
            if (seat.node() == key.node() && !own && rules.reach(by, session, key)) {
                hearing.mayEndBeforeItsSnapshot(key, ++words, text, speaker);
            }
        });
        ended.forEach((seat, missed) -> {
            Jid session = seat.session();
            boolean own = by.equals(session) || speaker.equals(session);
            if (seat.node() == key.node() && !own && rules.reach(by, session, key)) {
                missed.put(key, new Ended(key, text, speaker));
            }
        });
    }

    private void mailboxEnds(
            String id,
            Map<Key, Model.Entry> before,
            Rules rulesBefore,
            Map<Key, Model.Entry> left,
            @Nullable Jid speaker) {
        ended.forEach((seat, missed) -> {
            if (seat.node() == NodeType.MESSAGE_WAITING) {
                Said last = newest(id, before, seat.session(), rulesBefore);
                if (last != null && newest(id, left, seat.session(), rules) == null) {
                    Jid by = speaker == null ? last.speaker() : speaker;
                    if (!by.equals(seat.session())) {
                        missed.put(last.key(), new Ended(last.key(), last.key().text("0/0"), by));
                    }
                }
            }
        });
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
     * @param offline whether it is that what was said before is over
     */
    void tell(Key key, String value, boolean cachable, boolean again, Jid speaker, boolean offline) {
        int number = ++words;
        String text = key.text(value);
        boolean over = offline || (cachable && Hearing.isOfflineValue(text));
        hearings.forEach((siteIndex, hearing) -> {
            if (siteIndex.node() == key.node() && !siteIndex.session().equals(speaker)) {
                if (rules.reach(speaker, siteIndex.session(), key)) {
                    hearing.due(key.subject(), new Hearing.Word(number, text, speaker, again, over), cachable);
                }
            } else if (siteIndex.node() == key.node() && cachable) {
                hearing.saidItself(key.subject(), number, text);
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
        if (node == NodeType.MESSAGE_WAITING) {
            mailboxes(table).forEach(id -> {
                Said newest = newest(id, table, session, rules);
                if (newest != null && !newest.isBy(session)) {
                    hearing.dueAgain(newest.subject(), ++words, newest.text(), newest.speaker());
                }
            });
            return;
        }
        table.forEach((key, entry) -> {
            if (key.node() == node
                    && !entry.publisher().equals(session)
                    && rules.reach(entry.publisher(), session, key)) {
                hearing.dueAgain(key, ++words, entry.value(), entry.publisher());
            }
        });
    }

    /** What is written down of a mailbox. */
    private record Said(Key key, Model.Entry entry) {
        Key subject() {
            return key.subject();
        }

        String text() {
            return key.text(entry.value());
        }

        Jid speaker() {
            return entry.publisher();
        }

        boolean isBy(Jid session) {
            return speaker().equals(session);
        }

        boolean isOfAccountOf(Jid session) {
            return speaker().bare().equals(session.bare());
        }
    }

    private static Set<String> mailboxes(Map<Key, Model.Entry> table) {
        return table.keySet().stream()
                .filter(key -> key.node() == NodeType.MESSAGE_WAITING)
                .map(Key::id)
                .collect(Collectors.toSet());
    }

    /** The newest word on a mailbox that {@code session} may hear, or has said itself. */
    private static @Nullable Said newest(String id, Map<Key, Model.Entry> table, Jid session, Rules rules) {
        return table.entrySet().stream()
                .map(each -> new Said(each.getKey(), each.getValue()))
                .filter(said -> said.subject().equals(new Key(NodeType.MESSAGE_WAITING, id, "")))
                .filter(said -> said.isBy(session) || rules.reach(said.speaker(), session, said.key()))
                .max(Comparator.comparingInt(said -> said.entry().number()))
                .orElse(null);
    }

    /**
     * Another word on a mailbox counts for a session than before. What the session itself has said it is told as if the one had said so
     * whose word counted: its Asterisk does not listen to its own.
     *
     * @param speaker who says that nothing is left
     */
    private void counts(Hearing hearing, Jid session, @Nullable Said last, @Nullable Said newest, Jid speaker) {
        if (newest == null) {
            if (last != null) {
                nothingCounts(hearing, session, last, speaker);
            }
        } else if (last == null) {
            tellOf(newest, hearing, session);
        } else if (!last.key().equals(newest.key())) {
            boolean ownAccounts = newest.isOfAccountOf(session) && !last.isOfAccountOf(session);
            if (newest.isBy(session) || ownAccounts) {
                String text = last.key().text(newest.entry().value());
                hearing.due(last.subject(), new Hearing.Word(++words, text, speaker, true, true), true);
                if (ownAccounts && !newest.isBy(session)) {
                    hearing.mayBeReplacedBySnapshot(newest.subject(), ++words, newest.text(), newest.speaker());
                }
            } else {
                tellOf(newest, hearing, session);
            }
        }
    }

    private void nothingCounts(Hearing hearing, Jid session, Said last, Jid speaker) {
        String text = last.key().text("0/0");
        if (Hearing.isOfflineValue(last.text())) {
            hearing.withdrawn(last.subject()); // it is told nothing that it was not told before
        } else if (speaker.equals(session)) {
            hearing.saidItself(last.subject(), ++words, text);
        } else {
            hearing.due(last.subject(), new Hearing.Word(++words, text, speaker, true, true), true);
        }
    }

    private void tellOf(Said newest, Hearing hearing, Jid session) {
        if (!newest.isBy(session)) {
            words += 2;
            hearing.mayBeHeard(newest.subject(), words - 1, newest.text(), newest.speaker());
        }
    }

    /**
     * Words on a mailbox were withdrawn.
     *
     * @param speaker by whom; by each for himself where there is none
     */
    void withdrawn(String id, Map<Key, Model.Entry> before, Map<Key, Model.Entry> left, @Nullable Jid speaker) {
        mailboxEnds(id, before, rules, left, speaker);
        hearings.forEach((siteIndex, hearing) -> {
            if (siteIndex.node() == NodeType.MESSAGE_WAITING) {
                Said last = newest(id, before, siteIndex.session(), rules);
                Said newest = newest(id, left, siteIndex.session(), rules);
                if (speaker == null && newest == null && last != null && last.isBy(siteIndex.session())) {
                    return; // of what was before that, it was told so
                }
                Jid self = last == null ? siteIndex.session() : last.speaker();
                counts(hearing, siteIndex.session(), last, newest, speaker == null ? self : speaker);
            }
        });
    }

    /**
     * Others may hear what is said.
     *
     * @param awaited devices that were said before a restart, of which nobody hears anew
     * @param lastWords what is said of a device to those who may not hear of it any more
     */
    void change(
            Rules changed,
            Map<Key, Model.Entry> table,
            Map<Key, Model.Entry> awaited,
            BiFunction<Key, Model.Entry, String> lastWords) {
        Rules before = rules;
        rules = changed;
        endForbidden(before, table, awaited, lastWords);
        hearings.forEach((siteIndex, hearing) -> {
            hearing.limit(changed.limit(siteIndex.session()));
            hearing.retain((key, speaker) -> changed.reach(speaker, siteIndex.session(), key));
            if (siteIndex.node() == NodeType.MESSAGE_WAITING) {
                mailboxes(table).forEach(id -> {
                    Said last = newest(id, table, siteIndex.session(), before);
                    Said newest = newest(id, table, siteIndex.session(), changed);
                    counts(
                            hearing,
                            siteIndex.session(),
                            last,
                            newest,
                            last == null ? siteIndex.session() : last.speaker());
                });
                return;
            }
            Map<Key, Model.Entry> devices = new HashMap<>(awaited);
            devices.putAll(table);
            devices.forEach((key, entry) -> {
                Jid by = entry.publisher();
                if (key.node() != siteIndex.node() || by.equals(siteIndex.session())) {
                    return;
                }
                boolean could = before.reach(by, siteIndex.session(), key);
                boolean can = changed.reach(by, siteIndex.session(), key);
                if (could && !can) {
                    String over = lastWords.apply(key, entry);
                    hearing.due(key, new Hearing.Word(++words, over, by, true, true), true);
                } else if (can && !could && table.containsKey(key)) {
                    words += 2;
                    hearing.mayBeHeard(key, words - 1, entry.value(), by);
                }
            });
        });
    }

    private void endForbidden(
            Rules before,
            Map<Key, Model.Entry> table,
            Map<Key, Model.Entry> awaited,
            BiFunction<Key, Model.Entry, String> lastWords) {
        mailboxes(table).forEach(id -> mailboxEnds(id, table, before, table, null));
        Map<Key, Model.Entry> devices = new HashMap<>(awaited);
        devices.putAll(table);
        devices.forEach((key, entry) -> ended.forEach((seat, missed) -> {
            Jid by = entry.publisher();
            boolean isOfOther =
                    key.node() == NodeType.DEVICE_STATE && seat.node() == key.node() && !by.equals(seat.session());
            boolean could = isOfOther && before.reach(by, seat.session(), key);
            if (could && !rules.reach(by, seat.session(), key)) {
                missed.put(key, new Ended(key, lastWords.apply(key, entry), by));
            }
        }));
    }

    /** A session has repeated its own word on a mailbox: nothing older need come any more. */
    void repeated(Key key, String value, Jid by) {
        Hearing hearing = hearing(by, key.node());
        if (hearing != null) {
            hearing.repeatedItself(key.subject(), key.text(value));
        }
    }

    /** One session has repeated what another has said last. */
    void takenOver(Key key, String value, Jid from, Jid by) {
        Hearing former = hearing(from, key.node());
        if (former != null && rules.reach(by, from, key)) {
            former.repeatedByAnother(key.subject(), ++words, key.text(value), by);
        }
        Hearing latter = hearing(by, key.node());
        if (latter != null && key.node() == NodeType.DEVICE_STATE) {
            latter.repeatedItself(key.subject());
        } else if (latter != null) {
            latter.repeatedItself(key.subject(), key.text(value));
        }
    }

    /**
     * A mailbox's entry now belongs to another session. Who could hear of the former one, or was it, and may not hear of the latter keeps
     * what it had: a server has taken over another's EID.
     */
    void moved(Key key, Jid from, Jid by, Map<Key, Model.Entry> table) {
        hearings.forEach((siteIndex, hearing) -> {
            Jid session = siteIndex.session();
            boolean could = session.equals(from) || rules.reach(from, session, key);
            boolean can = session.equals(by) || rules.reach(by, session, key);
            if (siteIndex.node() == key.node() && could && !can) {
                hearing.losesSight(key.subject());
                Said newest = newest(key.id(), table, session, rules);
                if (newest != null && !newest.isBy(session)) {
                    hearing.mayComeBySnapshot(newest.subject(), ++words, newest.text(), newest.speaker());
                }
            }
        });
    }

    /** Fails if an Asterisk that goes by the last word on a mailbox does not have the newest that it may hear. */
    void mustHaveTheNewest(Map<Key, Model.Entry> table) {
        hearings.forEach((siteIndex, hearing) -> {
            if (siteIndex.node() == NodeType.MESSAGE_WAITING) {
                mailboxes(table).forEach(id -> {
                    Said newest = newest(id, table, siteIndex.session(), rules);
                    if (newest != null) {
                        hearing.mustHave(
                                newest.key(),
                                newest.entry().value(),
                                newest.isBy(siteIndex.session()),
                                newest.isOfAccountOf(siteIndex.session()));
                    }
                });
            }
        });
    }

    /** A key was withdrawn, of which its last word was told last. */
    void withdrawn(Key key) {
        hearings.forEach((siteIndex, hearing) -> {
            if (siteIndex.node() == key.node()) {
                hearing.withdrawn(key);
            }
        });
    }

    void forEach(BiConsumer<Jid, NodeType> action) {
        hearings.keySet().forEach(siteIndex -> action.accept(siteIndex.session(), siteIndex.node()));
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
                .filter(siteIndex -> siteIndex.session().bare().equals(account))
                .count();
    }
}
