// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Rule;
import org.devstate.core.policy.Site;
import org.devstate.core.reference.SessionLedger.SessionEpoch;
import org.devstate.core.stats.Counters.Counter;
import org.jspecify.annotations.Nullable;

/** The rules of the design, without delay: what is known, and which session receives what. A request's answer is given as a code. */
final class Model {

    static final String RESULT = "result";

    /**
     * The last value of a key, the session that published it, and in which of its epochs; none if that has ended and the value is the
     * offline state.
     *
     * @param number the higher, the newer
     */
    record Entry(String value, Jid publisher, @Nullable SessionEpoch epoch, int number) {}

    final Map<Key, Entry> table = new HashMap<>();

    /** Keys whose last value was a non-cachable one. */
    private final Set<Key> nonCachableSince = new HashSet<>();

    private final Map<String, String> accounts = new HashMap<>();
    final Subscribers subscribers;
    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    final SessionLedger ledger = new SessionLedger();
    private Policy policy;
    private Limits limits = Limits.DEFAULT;
    private long nowMs;
    private long lastPublishMs;
    private int written;

    final Awaited awaited;

    /** Devices that were awaited in vain, and forgotten without a notification, because the offline state is to stay as it is. */
    final Set<Key> leftAsIs = new HashSet<>();

    /** The sessions that are subscribed, or were so before a restart and are not known since. */
    private final Set<Persisted.Subscription> subscriptions = new HashSet<>();

    /** The persisted policy; null if it is the host's. */
    private @Nullable Policy persistedPolicy;

    Model(Policy policy) {
        this.policy = policy;
        this.subscribers = new Subscribers(rules(policy));
        this.awaited = new Awaited(Map.of());
    }

    /**
     * After a restart.
     *
     * @param host the policy if none was persisted
     */
    Model(Persisted persisted, Policy host, long nowMs) {
        this.persistedPolicy = persisted.policy();
        this.policy = persistedPolicy == null ? host : persistedPolicy;
        this.subscribers = new Subscribers(rules(policy));
        this.awaited = new Awaited(persisted.devices());
        this.nowMs = nowMs;
        this.lastPublishMs = nowMs;
        accounts.putAll(persisted.accounts());
        subscriptions.addAll(persisted.subscriptions());
        persisted.publishers().forEach(ledger::restore);
        persisted
                .mailboxes()
                .forEach(mailbox -> table.put(
                        mailbox.key(), new Entry(mailbox.value(), new Jid(mailbox.account(), ""), null, ++written)));
        awaited.begin(this::terms, nowMs);
        for (NodeType node : NodeType.values()) {
            persisted.publishers().values().forEach(session -> subscribers.expect(session, node));
        }
        subscriptions.forEach(subscription -> subscribers.expect(subscription.session(), subscription.node()));
    }

    /** What is restored after a restart that comes now. */
    Persisted persisted() {
        Map<Key, String> devices = new HashMap<>(awaited.accounts());
        List<Persisted.Mailbox> mailboxes = new ArrayList<>();
        table.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Key, Entry>, String>comparing(
                                each -> each.getKey().id())
                        .thenComparingInt(each -> each.getValue().number()))
                .forEach(each -> {
                    String account = each.getValue().publisher().bare();
                    if (each.getKey().node() == NodeType.DEVICE_STATE) {
                        devices.put(each.getKey(), account);
                    } else {
                        mailboxes.add(new Persisted.Mailbox(
                                each.getKey(), each.getValue().value(), account));
                    }
                });
        return new Persisted(
                Map.copyOf(accounts), mailboxes, devices, ledger.holders(), Set.copyOf(subscriptions), persistedPolicy);
    }

    void setPolicy(Policy changed) {
        Policy before = policy;
        policy = changed;
        persistedPolicy = changed;
        lastPublishMs = nowMs;
        Map<Key, Entry> awaitedEntries = awaitedEntries();
        subscribers.change(rules(changed), table, awaitedEntries, (key, entry) -> {
            String state = offlineState(terms(before, entry.publisher()));
            return state == null ? "UNAVAILABLE" : state;
        });
        Map<Key, Entry> former = Map.copyOf(table);
        Set<String> mailboxes = new HashSet<>();
        former.forEach((key, entry) -> {
            if (isDropped(key, entry)) {
                table.remove(key);
                nonCachableSince.remove(key);
                if (key.node() == NodeType.MESSAGE_WAITING) {
                    mailboxes.add(key.id());
                } else {
                    subscribers.withdrawn(key);
                }
            }
        });
        mailboxes.forEach(id -> subscribers.withdrawn(id, former, table, null));
        awaitedEntries.forEach((key, entry) -> {
            if (isDropped(key, entry)) {
                awaited.remove(key);
            }
        });
    }

    private Map<Key, Entry> awaitedEntries() {
        Map<Key, Entry> entries = new HashMap<>();
        awaited.matching((key, account) -> true)
                .forEach((key, account) -> entries.put(key, new Entry("", account, null, 0)));
        return entries;
    }

    private boolean isDropped(Key key, Entry entry) {
        Site site = policy.siteOf(entry.publisher());
        Rule rule = site == null ? null : site.publishRule(key.node(), key.id());
        return rule != null && rule.action() == Rule.Action.DROP;
    }

    private static Subscribers.Rules rules(Policy policy) {
        return new Subscribers.Rules() {
            @Override
            public boolean mayReceive(Jid publisher, Jid subscriber, Key key) {
                Site from = policy.siteOf(publisher);
                Site to = policy.siteOf(subscriber);
                return from != null
                        && to != null
                        && Policy.reaches(from, to, key.node(), key.id()).allowed();
            }

            @Override
            public boolean hasRateLimit(Jid subscriber) {
                Site site = policy.siteOf(subscriber);
                return site != null && site.tuning().pace().ratePerSecond() > 0;
            }
        };
    }

    /** The keys that there are, those that are awaited included. */
    Set<Key> known() {
        Set<Key> keys = new HashSet<>(awaited.accounts().keySet());
        keys.addAll(table.keySet());
        return keys;
    }

    Policy policy() {
        return policy;
    }

    boolean admits(Jid jid) {
        return policy.siteOf(jid) != null;
    }

    /** What {@code reader} sees. */
    boolean shows(Jid reader, Key key, Entry entry) {
        return entry.publisher().bare().equals(reader.bare())
                || rules(policy).mayReceive(entry.publisher(), reader, key);
    }

    private LeaseTerms terms(Jid session) {
        return terms(policy, session);
    }

    private static LeaseTerms terms(Policy policy, Jid session) {
        Site site = policy.siteOf(session);
        return site == null ? LeaseTerms.DEFAULT : site.tuning().terms();
    }

    void setLimits(Limits changed) {
        limits = changed;
    }

    String publish(Jid from, Key key, String value, boolean cachable) {
        if (!admits(from)) {
            return reject(Counter.FORBIDDEN, "403");
        }
        String account = accounts.putIfAbsent(key.eid(), from.bare());
        if (account != null && !account.equals(from.bare())) {
            return reject(Counter.FOREIGN_EID, "403");
        }
        Site site = policy.siteOf(from);
        Rule rule = site == null ? null : site.publishRule(key.node(), key.id());
        if (rule != null && rule.action() == Rule.Action.DROP) {
            return reject(Counter.DROPPED_BY_RULE, RESULT);
        }
        if (!cachable && (rule == null || rule.action() != Rule.Action.CACHABLE)) {
            count(Counter.CHANGES);
            notifySubscribers(key, value, false, false, from, false);
            endStored(key, from);
            return RESULT;
        }
        SessionEpoch epoch = ledger.of(from);
        ledger.claim(epoch, key.eid());
        if (!isKnown(key) && !hasRoom(from)) {
            makeRoom(from);
        }
        if (!isKnown(key) && !hasRoom(from)) {
            return reject(Counter.ENTRIES_FULL, "500");
        }
        Entry known = table.get(key);
        boolean offline = key.node() == NodeType.DEVICE_STATE && value.equals(offlineValue(from));
        boolean news = write(key, new Entry(value, from, epoch, ++written), from, offline);
        count(news ? Counter.CHANGES : Counter.DUPLICATES);
        if (known != null
                && key.node() == NodeType.MESSAGE_WAITING
                && !known.publisher().equals(from)) {
            subscribers.moved(key, known.publisher(), from, table);
        }
        if (!news && known != null && !known.publisher().equals(from)) {
            subscribers.takenOver(key, value, known.publisher(), from);
        } else if (!news && key.node() == NodeType.MESSAGE_WAITING) {
            subscribers.repeated(key, value, from);
        }
        return RESULT;
    }

    private boolean isKnown(Key key) {
        return table.containsKey(key) || awaited.has(key);
    }

    /** What is not stored ends what is. */
    private void endStored(Key key, Jid from) {
        String account = awaited.remove(key);
        if (account != null) {
            endAwaited(key, new Jid(account, ""), offlineValue(from));
            return;
        }
        Entry known = table.get(key);
        String offlineValue = offlineValue(from);
        boolean ends = known != null && !known.value().equals(offlineValue);
        if (known != null && ends) {
            write(key, new Entry(offlineValue, known.publisher(), known.epoch(), ++written), known.publisher(), true);
        } else {
            nonCachableSince.add(key);
        }
    }

    String subscribe(Jid from, NodeType node, String as) {
        if (!admits(from)) {
            return reject(Counter.FORBIDDEN, "403");
        }
        if (!as.equals(from.bare()) && !as.equals(from.toString())) {
            return "400";
        }
        if (subscribers.reception(from, node) == null
                && subscribers.subscriptionsOf(from.bare()) >= limits.subscriptionsPerAccount()) {
            return reject(Counter.SUBSCRIPTIONS_FULL, "500");
        }
        if (ledger.revive(from)) {
            count(Counter.SESSIONS_RETURNED);
        }
        SessionEpoch current = ledger.of(from);
        if (node == NodeType.DEVICE_STATE) {
            Set<String> servers = ledger.held(from);
            gone(offlineState(terms(from)), (key, entry) -> servers.contains(key.eid()) && entry.epoch() != current);
        }
        subscriptions.add(new Persisted.Subscription(from, node));
        subscribers.add(from, node, table, awaitedEntries(), nowMs);
        snapshot(from, node);
        return RESULT;
    }

    String unsubscribe(Jid from, NodeType node) {
        if (!admits(from)) {
            return reject(Counter.FORBIDDEN, "403");
        }
        subscribers.remove(from, node);
        subscriptions.remove(new Persisted.Subscription(from, node));
        if (node == NodeType.DEVICE_STATE && ledger.begin(from)) {
            count(Counter.SESSIONS_RETURNED);
        }
        return RESULT;
    }

    /** A session takes up, after a restart, the subscriptions that it had. */
    void resume(Jid session) {
        if (!admits(session)) {
            return;
        }
        Set.copyOf(subscriptions).stream()
                .filter(subscription -> subscription.session().equals(session))
                .forEach(subscription -> {
                    subscribers.add(session, subscription.node(), table, awaitedEntries(), nowMs);
                    var unused = ledger.of(session);
                    snapshot(session, subscription.node());
                });
    }

    /** A session that was subscribed before a restart is not there any more. */
    void forgetSubscriptions(Jid session) {
        subscriptions.removeIf(subscription -> subscription.session().equals(session));
    }

    /** @param which of the account's own */
    String delete(Jid from, BiPredicate<NodeType, String> which) {
        if (!admits(from)) {
            return reject(Counter.FORBIDDEN, "403");
        }
        forget(
                (key, entry) -> entry.publisher().bare().equals(from.bare()) && which.test(key.node(), key.id()),
                "UNAVAILABLE",
                from);
        return RESULT;
    }

    /** An administrator purges a server; returns how many entries it had. */
    int purge(String account) {
        Jid server = new Jid(account, "");
        return forget((key, entry) -> entry.publisher().bare().equals(account), offlineValue(server), server);
    }

    /** An administrator clears an entry; returns whether there was one. */
    boolean clear(Key cleared) {
        Entry known = table.get(cleared);
        String account = known == null
                ? awaited.accounts().get(cleared)
                : known.publisher().bare();
        if (account == null) {
            return false;
        }
        Jid server = new Jid(account, "");
        forget((key, entry) -> key.equals(cleared), offlineValue(server), server);
        return true;
    }

    private String offlineValue(Jid publisher) {
        String state = offlineState(terms(publisher));
        return state == null ? "UNAVAILABLE" : state;
    }

    /**
     * Forgets entries.
     *
     * @param offlineValue the value that devices take
     * @param publisher the publisher of that value
     * @return how many
     */
    private int forget(BiPredicate<Key, Entry> which, String offlineValue, Jid publisher) {
        Map<Key, Entry> before = Map.copyOf(table);
        Set<String> mailboxes = new HashSet<>();
        before.forEach((key, entry) -> {
            if (which.test(key, entry)) {
                if (key.node() == NodeType.DEVICE_STATE) {
                    subscribers.ends(key, entry.publisher(), offlineValue, publisher);
                }
                if (key.node() == NodeType.MESSAGE_WAITING) {
                    mailboxes.add(key.id());
                } else if (!write(key, new Entry(offlineValue, publisher, entry.epoch(), ++written), publisher, true)) {
                    subscribers.withdrawn(key);
                }
                table.remove(key);
            }
        });
        mailboxes.forEach(id -> {
            lastPublishMs = nowMs;
            subscribers.withdrawn(id, before, table, publisher);
        });
        Map<Key, Jid> over = awaited.matching((key, account) -> which.test(key, new Entry("", account, null, 0)));
        over.forEach((key, account) -> {
            subscribers.ends(key, account, offlineValue, publisher);
            awaited.remove(key);
            notifySubscribers(key, offlineValue, true, true, publisher, true);
        });
        return before.size() - table.size() + over.size();
    }

    /** A request that changes nothing. */
    String request(Jid from) {
        return admits(from) ? RESULT : reject(Counter.FORBIDDEN, "403");
    }

    void resynchronize() {
        subscribers.forEach(this::snapshot);
    }

    void sessionEnded(Jid session) {
        forgetSubscriptions(session);
        subscribers.remove(session);
        if (ledger.end(session, nowMs + terms(session).graceMs(), offlineState(terms(session)))) {
            count(Counter.SESSIONS_ENDED);
        }
    }

    void advance(long ms) {
        long untilMs = nowMs + ms;
        while (nextDueMs() <= untilMs) {
            nowMs = Math.max(nowMs, nextDueMs());
            Awaited.Grace grace = awaited.nextDue(nowMs);
            if (grace != null) {
                endAwaiting(grace);
                continue;
            }
            SessionLedger.Ending due = ledger.nextDue(nowMs);
            if (due != null) {
                Set<String> servers = ledger.lapse(due);
                servers.forEach(server -> count(Counter.LEASES_EXPIRED));
                gone(due.offlineState(), (key, entry) -> servers.contains(key.eid()));
            }
        }
        nowMs = untilMs;
    }

    /** A server that is there repeats what it has, or has not yet: the rest is not there any more. */
    private void endAwaiting(Awaited.Grace grace) {
        String state = offlineState(grace.terms());
        awaited.matching((key, account) -> grace.accounts().contains(account.bare()) && !ledger.isHeld(key.eid()))
                .forEach((key, account) -> {
                    awaited.remove(key);
                    if (state == null) {
                        leftAsIs.add(key);
                    } else {
                        endAwaited(key, account, state);
                        count(Counter.GONE);
                    }
                });
    }

    private void endAwaited(Key key, Jid account, String state) {
        table.put(key, new Entry(state, account, null, ++written));
        notifySubscribers(key, state, true, true, account, true);
    }

    private long nextDueMs() {
        return Math.min(ledger.nextDueMs(), awaited.nextDueMs());
    }

    /** How long it is until the grace of a session is over. */
    long msToNextEnding() {
        return nextDueMs() - nowMs;
    }

    /** How many graces are under way. */
    int graces() {
        return ledger.waiting() + awaited.waiting();
    }

    /** How long nothing was published. */
    long quietMs() {
        return nowMs - lastPublishMs;
    }

    private void gone(@Nullable String state, BiPredicate<Key, Entry> which) {
        if (state == null) {
            return;
        }
        Map.copyOf(table).forEach((key, entry) -> {
            if (key.node() == NodeType.DEVICE_STATE
                    && which.test(key, entry)
                    && write(key, new Entry(state, entry.publisher(), null, ++written), entry.publisher(), true)) {
                count(Counter.GONE);
            }
        });
        awaited.matching((key, account) -> which.test(key, new Entry("", account, null, 0)))
                .forEach((key, account) -> {
                    awaited.remove(key);
                    endAwaited(key, account, state);
                    count(Counter.GONE);
                });
    }

    /** Stores a value, and notifies subscribers if it is not what they received last. */
    private boolean write(Key key, Entry entry, Jid publisher, boolean offline) {
        Entry known = table.get(key);
        boolean afterNonCachable = nonCachableSince.remove(key);
        awaited.remove(key);
        boolean same = known != null && known.value().equals(entry.value());
        boolean news = known == null || !same || afterNonCachable || isOutdone(key, known);
        table.put(
                key,
                known == null || news
                        ? entry
                        : new Entry(known.value(), entry.publisher(), entry.epoch(), known.number()));
        if (news) {
            notifySubscribers(
                    key, entry.value(), true, afterNonCachable || known == null || same || offline, publisher, offline);
        }
        return news;
    }

    /** Whether another value of the mailbox was published since. */
    private boolean isOutdone(Key key, Entry known) {
        return key.node() == NodeType.MESSAGE_WAITING
                && table.entrySet().stream()
                        .anyMatch(each -> each.getKey().subject().equals(key.subject())
                                && each.getValue().number() > known.number()
                                && !each.getValue().value().equals(known.value()));
    }

    private void notifySubscribers(
            Key key, String value, boolean cachable, boolean again, Jid publisher, boolean offline) {
        lastPublishMs = nowMs;
        subscribers.publish(key, value, cachable, again, publisher, offline);
    }

    private void snapshot(Jid session, NodeType node) {
        count(Counter.SNAPSHOTS);
        subscribers.snapshot(session, node, table);
    }

    long count(Counter counter, long add) {
        return counts.merge(counter, add, Long::sum);
    }

    private void count(Counter counter) {
        count(counter, 1);
    }

    private String reject(Counter counter, String code) {
        count(counter);
        return code;
    }

    private boolean hasRoom(Jid from) {
        return entriesOf(from) < limits.entriesPerAccount();
    }

    /** Devices with the offline state, of which all subscribers were notified, are forgotten to make room. */
    private void makeRoom(Jid from) {
        boolean[] found = new boolean[1];
        Map.copyOf(table).forEach((key, entry) -> {
            boolean gone = key.node() == NodeType.DEVICE_STATE && entry.epoch() == null;
            if (gone && entry.publisher().bare().equals(from.bare())) {
                table.remove(key);
                nonCachableSince.remove(key);
                subscribers.withdrawn(key);
                subscribers.ends(key, entry.publisher(), entry.value(), entry.publisher());
                found[0] = true;
            }
        });
        if (found[0]) {
            return;
        }
        Jid account = new Jid(from.bare(), "");
        for (Key key : awaited.yielding(from.bare())) {
            subscribers.ends(key, account, offlineValue(from), account);
            awaited.remove(key);
            notifySubscribers(key, offlineValue(from), true, true, account, true);
        }
    }

    private long entriesOf(Jid from) {
        return awaited.of(from.bare())
                + table.values().stream()
                        .filter(entry -> entry.publisher().bare().equals(from.bare()))
                        .count();
    }

    private static @Nullable String offlineState(LeaseTerms terms) {
        DeviceState state = terms.offlineState();
        return state == null ? null : state.name();
    }
}
