// SPDX-License-Identifier: Apache-2.0
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

/**
 * Rules 6 and 7: which sessions are subscribed, and so receive what is published. Numbers the values in the order in which they are
 * published.
 */
final class Subscribers {

    private record Subscription(Jid session, NodeType node) {}

    /** Whether a session may receive what another publishes of a key. */
    interface Rules {
        boolean mayReceive(Jid publisher, Jid subscriber, Key key);

        /** Whether a rate limit is in force for it. */
        boolean hasRateLimit(Jid subscriber);
    }

    private Rules rules;
    private final Map<Subscription, Reception> receptions = new HashMap<>();

    /** What has ended since their last subscription, for all sessions that are expected to subscribe again. */
    private final Map<Subscription, Map<Key, Ended>> ended = new HashMap<>();

    /** The final value of a key, and its publisher. */
    private record Ended(Key key, String text, Jid publisher, long sentMs) {
        Ended(Key key, String text, Jid publisher) {
            this(key, text, publisher, NOT_YET);
        }

        Ended sent(long nowMs) {
            return sentMs == NOT_YET ? new Ended(key, text, publisher, nowMs) : this;
        }
    }

    private static final long NOT_YET = 1L << 60;

    /** So long after a login, all has been received. */
    private static final long SETTLED_MS = 600_000;

    private int lastNumber;

    Subscribers(Rules rules) {
        this.rules = rules;
    }

    /**
     * It subscribes, and receives what has ended since it did so last, unless it may receive anything else of that: that is sent, or
     * awaited.
     */
    void add(Jid session, NodeType node, Map<Key, Model.Entry> table, Map<Key, Model.Entry> awaited, long nowMs) {
        Subscription subscription = new Subscription(session, node);
        Reception reception = receptions.computeIfAbsent(
                subscription,
                added -> new Reception(
                        session + " on " + node.nodeName(),
                        (key, publisher) -> rules.mayReceive(publisher, session, key)));
        reception.limit(rules.hasRateLimit(session));
        expect(session, node);
        Map<Key, Ended> missed = ended.get(subscription);
        if (missed != null) {
            missed.values().removeIf(end -> end.sentMs() + SETTLED_MS <= nowMs);
            missed.replaceAll((key, end) -> end.sent(nowMs));
            missed.values().forEach(end -> {
                if (!counts(end.key(), session, table) && !counts(end.key(), session, awaited)) {
                    reception.due(
                            end.key().subject(),
                            new Reception.NumberedValue(++lastNumber, end.text(), end.publisher(), true, true),
                            true);
                }
            });
        }
    }

    /** Whether it is expected to subscribe. */
    boolean isExpected(Jid session, NodeType node) {
        return ended.containsKey(new Subscription(session, node));
    }

    /** Whether it may have missed that the key has ended. */
    boolean misses(Jid session, Key key) {
        return ended.getOrDefault(new Subscription(session, key.node()), Map.of()).keySet().stream()
                .anyMatch(end -> end.subject().equals(key.subject()));
    }

    /** Whether that is what counts for {@code session}: it may receive it, or has published it itself. */
    boolean counts(Jid session, ReceivedItem item, Map<Key, Model.Entry> table) {
        Model.Entry entry = table.get(item.key());
        return entry != null
                && entry.value().equals(item.value())
                && (entry.publisher().equals(session) || rules.mayReceive(entry.publisher(), session, item.key()));
    }

    /** Whether something is known of the device or mailbox that {@code session} may receive, or has published itself. */
    private boolean counts(Key key, Jid session, Map<Key, Model.Entry> entries) {
        return entries.entrySet().stream()
                .filter(each -> each.getKey().subject().equals(key.subject()))
                .anyMatch(each -> each.getValue().publisher().equals(session)
                        || rules.mayReceive(each.getValue().publisher(), session, each.getKey()));
    }

    /** It is expected to subscribe, and misses what ends until then. */
    void expect(Jid session, NodeType node) {
        ended.computeIfAbsent(new Subscription(session, node), subscription -> new LinkedHashMap<>());
    }

    void remove(Jid session, NodeType node) {
        receptions.remove(new Subscription(session, node));
    }

    void remove(Jid session) {
        for (NodeType node : NodeType.values()) {
            remove(session, node);
        }
    }

    /**
     * A device of {@code by} has ended: a session that may have received it is notified when it subscribes again, as it may have missed
     * that.
     */
    void ends(Key key, Jid by, String text, Jid publisher) {
        receptions.forEach((subscription, reception) -> {
            Jid session = subscription.session();
            boolean own = by.equals(session) || publisher.equals(session);
            if (subscription.node() == key.node() && !own && rules.mayReceive(by, session, key)) {
                reception.mayEndBeforeItsSnapshot(key, ++lastNumber, text, publisher);
            }
        });
        ended.forEach((subscription, missed) -> {
            Jid session = subscription.session();
            boolean own = by.equals(session) || publisher.equals(session);
            if (subscription.node() == key.node() && !own && rules.mayReceive(by, session, key)) {
                missed.put(key, new Ended(key, text, publisher));
            }
        });
    }

    private void mailboxEnds(
            String id,
            Map<Key, Model.Entry> before,
            Rules rulesBefore,
            Map<Key, Model.Entry> left,
            @Nullable Jid publisher) {
        ended.forEach((subscription, missed) -> {
            if (subscription.node() == NodeType.MESSAGE_WAITING) {
                MailboxEntry last = newest(id, before, subscription.session(), rulesBefore);
                if (last != null && newest(id, left, subscription.session(), rules) == null) {
                    Jid by = publisher == null ? last.publisher() : publisher;
                    if (!by.equals(subscription.session())) {
                        missed.put(last.key(), new Ended(last.key(), last.key().text("0/0"), by));
                    }
                }
            }
        });
    }

    /** What {@code session} receives of {@code node}; {@code null} if it has not subscribed. */
    @Nullable
    Reception reception(Jid session, NodeType node) {
        return receptions.get(new Subscription(session, node));
    }

    /**
     * A session publishes something.
     *
     * @param again whether it is sent to those that received the same last, too: not all did
     * @param offline whether it is the end of what was published before
     */
    void publish(Key key, String value, boolean cachable, boolean again, Jid publisher, boolean offline) {
        int number = ++lastNumber;
        String text = key.text(value);
        boolean over = offline || (cachable && Reception.isOfflineValue(text));
        receptions.forEach((subscription, reception) -> {
            if (subscription.node() == key.node() && !subscription.session().equals(publisher)) {
                if (rules.mayReceive(publisher, subscription.session(), key)) {
                    reception.due(
                            key.subject(), new Reception.NumberedValue(number, text, publisher, again, over), cachable);
                }
            } else if (subscription.node() == key.node() && cachable) {
                reception.publishedItself(key.subject(), number, text);
            }
        });
    }

    /** One session is sent, of the entries of the node, what others have published. */
    void snapshot(Jid session, NodeType node, Map<Key, Model.Entry> table) {
        Reception reception = reception(session, node);
        if (reception == null) {
            return;
        }
        reception.beginsAnew();
        if (node == NodeType.MESSAGE_WAITING) {
            mailboxes(table).forEach(id -> {
                MailboxEntry newest = newest(id, table, session, rules);
                if (newest != null && !newest.isBy(session)) {
                    reception.dueAgain(newest.subject(), ++lastNumber, newest.text(), newest.publisher());
                }
            });
            return;
        }
        table.forEach((key, entry) -> {
            if (key.node() == node
                    && !entry.publisher().equals(session)
                    && rules.mayReceive(entry.publisher(), session, key)) {
                reception.dueAgain(key, ++lastNumber, entry.value(), entry.publisher());
            }
        });
    }

    /** What is written down of a mailbox. */
    private record MailboxEntry(Key key, Model.Entry entry) {
        Key subject() {
            return key.subject();
        }

        String text() {
            return key.text(entry.value());
        }

        Jid publisher() {
            return entry.publisher();
        }

        boolean isBy(Jid session) {
            return publisher().equals(session);
        }

        boolean isOfAccountOf(Jid session) {
            return publisher().bare().equals(session.bare());
        }
    }

    private static Set<String> mailboxes(Map<Key, Model.Entry> table) {
        return table.keySet().stream()
                .filter(key -> key.node() == NodeType.MESSAGE_WAITING)
                .map(Key::id)
                .collect(Collectors.toSet());
    }

    /** The newest value of a mailbox that {@code session} may receive, or has published itself. */
    private static @Nullable MailboxEntry newest(String id, Map<Key, Model.Entry> table, Jid session, Rules rules) {
        return table.entrySet().stream()
                .map(each -> new MailboxEntry(each.getKey(), each.getValue()))
                .filter(candidate -> candidate.subject().equals(new Key(NodeType.MESSAGE_WAITING, id, "")))
                .filter(candidate ->
                        candidate.isBy(session) || rules.mayReceive(candidate.publisher(), session, candidate.key()))
                .max(Comparator.comparingInt(candidate -> candidate.entry().number()))
                .orElse(null);
    }

    /**
     * Another value of a mailbox counts for a session than before. What the session itself has published it is sent in the name of the
     * publisher whose value counted: its Asterisk ignores its own.
     *
     * @param publisher the publisher of the removal
     */
    private void counts(
            Reception reception,
            Jid session,
            @Nullable MailboxEntry last,
            @Nullable MailboxEntry newest,
            Jid publisher) {
        if (newest == null) {
            if (last != null) {
                nothingCounts(reception, session, last, publisher);
            }
        } else if (last == null) {
            offerNewest(newest, reception, session);
        } else if (!last.key().equals(newest.key())) {
            boolean ownAccounts = newest.isOfAccountOf(session) && !last.isOfAccountOf(session);
            if (newest.isBy(session) || ownAccounts) {
                String text = last.key().text(newest.entry().value());
                reception.due(
                        last.subject(), new Reception.NumberedValue(++lastNumber, text, publisher, true, true), true);
                if (ownAccounts && !newest.isBy(session)) {
                    reception.mayBeReplacedBySnapshot(
                            newest.subject(), ++lastNumber, newest.text(), newest.publisher());
                }
            } else {
                offerNewest(newest, reception, session);
            }
        }
    }

    private void nothingCounts(Reception reception, Jid session, MailboxEntry last, Jid publisher) {
        String text = last.key().text("0/0");
        if (Reception.isOfflineValue(last.text())) {
            reception.withdrawn(last.subject()); // it receives nothing that it has not received before
        } else if (publisher.equals(session)) {
            reception.publishedItself(last.subject(), ++lastNumber, text);
        } else {
            reception.due(last.subject(), new Reception.NumberedValue(++lastNumber, text, publisher, true, true), true);
        }
    }

    private void offerNewest(MailboxEntry newest, Reception reception, Jid session) {
        if (!newest.isBy(session)) {
            lastNumber += 2;
            reception.mayBeReceived(newest.subject(), lastNumber - 1, newest.text(), newest.publisher());
        }
    }

    /**
     * Values of a mailbox were removed.
     *
     * @param publisher in whose name; {@code null} if each is removed in its own publisher's
     */
    void withdrawn(String id, Map<Key, Model.Entry> before, Map<Key, Model.Entry> left, @Nullable Jid publisher) {
        mailboxEnds(id, before, rules, left, publisher);
        receptions.forEach((subscription, reception) -> {
            if (subscription.node() == NodeType.MESSAGE_WAITING) {
                MailboxEntry last = newest(id, before, subscription.session(), rules);
                MailboxEntry newest = newest(id, left, subscription.session(), rules);
                if (publisher == null && newest == null && last != null && last.isBy(subscription.session())) {
                    return; // it was notified of the end of what was before that
                }
                Jid self = last == null ? subscription.session() : last.publisher();
                counts(reception, subscription.session(), last, newest, publisher == null ? self : publisher);
            }
        });
    }

    /**
     * Other sessions may receive what is published.
     *
     * @param awaited devices that were published before a restart, of which no session receives anything anew
     * @param finalValues the value of a device for those that may not receive it any more
     */
    void change(
            Rules changed,
            Map<Key, Model.Entry> table,
            Map<Key, Model.Entry> awaited,
            BiFunction<Key, Model.Entry, String> finalValues) {
        Rules before = rules;
        rules = changed;
        endForbidden(before, table, awaited, finalValues);
        receptions.forEach((subscription, reception) -> {
            reception.limit(changed.hasRateLimit(subscription.session()));
            reception.retain((key, publisher) -> changed.mayReceive(publisher, subscription.session(), key));
            if (subscription.node() == NodeType.MESSAGE_WAITING) {
                mailboxes(table).forEach(id -> {
                    MailboxEntry last = newest(id, table, subscription.session(), before);
                    MailboxEntry newest = newest(id, table, subscription.session(), changed);
                    counts(
                            reception,
                            subscription.session(),
                            last,
                            newest,
                            last == null ? subscription.session() : last.publisher());
                });
                return;
            }
            Map<Key, Model.Entry> devices = new HashMap<>(awaited);
            devices.putAll(table);
            devices.forEach((key, entry) -> {
                Jid by = entry.publisher();
                if (key.node() != subscription.node() || by.equals(subscription.session())) {
                    return;
                }
                boolean could = before.mayReceive(by, subscription.session(), key);
                boolean can = changed.mayReceive(by, subscription.session(), key);
                if (could && !can) {
                    String over = finalValues.apply(key, entry);
                    reception.due(key, new Reception.NumberedValue(++lastNumber, over, by, true, true), true);
                } else if (can && !could && table.containsKey(key)) {
                    lastNumber += 2;
                    reception.mayBeReceived(key, lastNumber - 1, entry.value(), by);
                }
            });
        });
    }

    private void endForbidden(
            Rules before,
            Map<Key, Model.Entry> table,
            Map<Key, Model.Entry> awaited,
            BiFunction<Key, Model.Entry, String> finalValues) {
        mailboxes(table).forEach(id -> mailboxEnds(id, table, before, table, null));
        Map<Key, Model.Entry> devices = new HashMap<>(awaited);
        devices.putAll(table);
        devices.forEach((key, entry) -> ended.forEach((subscription, missed) -> {
            Jid by = entry.publisher();
            boolean isOfOther = key.node() == NodeType.DEVICE_STATE
                    && subscription.node() == key.node()
                    && !by.equals(subscription.session());
            boolean could = isOfOther && before.mayReceive(by, subscription.session(), key);
            if (could && !rules.mayReceive(by, subscription.session(), key)) {
                missed.put(key, new Ended(key, finalValues.apply(key, entry), by));
            }
        }));
    }

    /** A session has repeated its own value of a mailbox: nothing older need come any more. */
    void repeated(Key key, String value, Jid by) {
        Reception reception = reception(by, key.node());
        if (reception != null) {
            reception.repeatedItself(key.subject(), key.text(value));
        }
    }

    /** One session has repeated what another has published last. */
    void takenOver(Key key, String value, Jid from, Jid by) {
        Reception former = reception(from, key.node());
        if (former != null && rules.mayReceive(by, from, key)) {
            former.repeatedByAnother(key.subject(), ++lastNumber, key.text(value), by);
        }
        Reception latter = reception(by, key.node());
        if (latter != null && key.node() == NodeType.DEVICE_STATE) {
            latter.repeatedItself(key.subject());
        } else if (latter != null) {
            latter.repeatedItself(key.subject(), key.text(value));
        }
    }

    /**
     * A mailbox's entry now belongs to another session. A session that could receive the former, or was it, and may not receive the latter
     * shows what it had: a server has taken over another's EID.
     */
    void moved(Key key, Jid from, Jid by, Map<Key, Model.Entry> table) {
        receptions.forEach((subscription, reception) -> {
            Jid session = subscription.session();
            boolean could = session.equals(from) || rules.mayReceive(from, session, key);
            boolean can = session.equals(by) || rules.mayReceive(by, session, key);
            if (subscription.node() == key.node() && could && !can) {
                reception.isHidden(key.subject());
                MailboxEntry newest = newest(key.id(), table, session, rules);
                if (newest != null && !newest.isBy(session)) {
                    reception.mayComeBySnapshot(newest.subject(), ++lastNumber, newest.text(), newest.publisher());
                }
            }
        });
    }

    /** Fails if an Asterisk that goes by the last value of a mailbox does not have the newest that it may receive. */
    void mustHaveTheNewest(Map<Key, Model.Entry> table) {
        receptions.forEach((subscription, reception) -> {
            if (subscription.node() == NodeType.MESSAGE_WAITING) {
                mailboxes(table).forEach(id -> {
                    MailboxEntry newest = newest(id, table, subscription.session(), rules);
                    if (newest != null) {
                        reception.mustHave(
                                newest.key(),
                                newest.entry().value(),
                                newest.isBy(subscription.session()),
                                newest.isOfAccountOf(subscription.session()));
                    }
                });
            }
        });
    }

    /** A key was removed whose final value was sent last. */
    void withdrawn(Key key) {
        receptions.forEach((subscription, reception) -> {
            if (subscription.node() == key.node()) {
                reception.withdrawn(key);
            }
        });
    }

    void forEach(BiConsumer<Jid, NodeType> action) {
        receptions.keySet().forEach(subscription -> action.accept(subscription.session(), subscription.node()));
    }

    void mustBeComplete() {
        receptions.values().forEach(Reception::mustBeComplete);
    }

    int sessions() {
        HashSet<Jid> sessions = new HashSet<>();
        forEach((session, node) -> sessions.add(session));
        return sessions.size();
    }

    /** How many subscriptions the sessions of an account have together. */
    long subscriptionsOf(String account) {
        return receptions.keySet().stream()
                .filter(subscription -> subscription.session().bare().equals(account))
                .count();
    }
}
