// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.reference.Model.RESULT;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.reference.SessionLedger.SessionEpoch;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.jspecify.annotations.Nullable;

/** A service and a model of it, to which the same happens. What the one does is what the other allows. */
final class ModelRunner {

    /** So long that whatever waits has been sent, but not so long as a grace. */
    static final long LONG_MS = 5_000;

    /** Longer than any grace that is set here. */
    static final long LONGER_THAN_ANY_GRACE_MS = 100_000;

    private record Known(long epoch, @Nullable SessionEpoch modelEpoch) {}

    private final NodeOwnership ownership;
    private final Storage storage = new Storage();
    private final Lamps lamps = new Lamps();
    private final Policy hostsPolicy;
    private final Map<Jid, Known> known = new HashMap<>();
    private final Map<Jid, Set<String>> leavesMade = new HashMap<>();
    private ServiceFixture fixture;
    private Model model;
    private Watch watch;
    private Limits limits = Limits.DEFAULT;
    private long publishes;

    ModelRunner(NodeOwnership ownership) {
        this.ownership = ownership;
        this.fixture = new ServiceFixture(ownership, storage.persister(), storage.clock());
        this.hostsPolicy = fixture.service.policy();
        this.model = new Model(hostsPolicy);
        this.watch = new Watch(fixture, model, lamps);
        keepSubscriptions();
    }

    /** As the component does, whose sessions outlive it. */
    private void keepSubscriptions() {
        fixture.service.sessionRegistry().persist();
    }

    /** Runs {@code steps}, lets all time go by that anything may take, and compares what is left. */
    static void run(NodeOwnership ownership, List<? extends Step> steps) {
        ModelRunner runner = new ModelRunner(ownership);
        steps.forEach(step -> {
            step.run(runner);
            runner.storage.note(runner.model.persisted());
        });
        runner.finish();
    }

    /**
     * The service ends, and another takes up what was persisted. Servers can come back at once.
     *
     * @param clean whether everything is persisted that is to be
     * @param resumed whether subscriptions are resumed; else the sessions have to log in
     */
    void restart(boolean clean, boolean resumed) {
        watch.count(publishes);
        publishes = 0;
        known.clear();
        leavesMade.clear();
        Persisted persisted = storage.stop(clean);
        Model before = model;
        fixture = new ServiceFixture(ownership, storage.persister(), storage.clock());
        model = new Model(persisted, hostsPolicy, storage.clock().elapsedMs());
        watch = new Watch(fixture, model, lamps);
        lamps.forget((session, key) -> isLost(session, key, before, persisted));
        keepSubscriptions();
        assertThat(fixture.service.restore(storage.load())).isEmpty();
        assertThat(fixture.service.policy()).isEqualTo(model.policy());
        fixture.service.awaitServers();
        SessionRegistry sessionRegistry = fixture.service.sessionRegistry();
        sessionRegistry.persisted().stream()
                .sorted(Comparator.comparing(Jid::toString))
                .forEach(session -> {
                    if (resumed) {
                        model.resume(session);
                        assertThat(sessionRegistry.resume(session)).isEqualTo(model.admits(session));
                    } else {
                        model.forgetSubscriptions(session);
                        sessionRegistry.forget(session);
                    }
                });
        setLimits(limits);
        watch.compare();
    }

    /** Whether the service does not know any more that {@code session} may show something of {@code key}. */
    private boolean isLost(Jid session, Key key, Model before, Persisted persisted) {
        return (before.known().contains(key) && !model.known().contains(key))
                || before.leftAsIs.contains(key)
                || before.subscribers.misses(session, key)
                || !model.subscribers.isExpected(session, key.node())
                || !Objects.equals(before.persisted().policy(), persisted.policy());
    }

    void publish(Step.Publish publish) {
        publishes += model.admits(publish.from()) ? 1 : 0;
        String node = publish.leaf() ? publish.id() : publish.key().node().nodeName();
        String expected = model.publish(publish.from(), publish.key(), publish.value(), publish.cachable());
        watch.request(publish.from(), Requests.publish(node, publish), expected);
        if (expected.equals(RESULT)) {
            lamps.published(publish.from(), publish.key());
        }
    }

    void publishMalformed(Jid from, NodeType node, String items) {
        boolean admitted = model.request(from).equals(RESULT);
        publishes += admitted ? 1 : 0;
        watch.request(from, Stanzas.publish(node.nodeName(), items), admitted ? "400" : "403");
    }

    void publishTooLong(Jid from) {
        boolean admitted = model.request(from).equals(RESULT);
        publishes += admitted ? 1 : 0;
        model.count(Counter.STANZAS_TOO_LONG, admitted ? 1 : 0);
        watch.request(
                from,
                Stanzas.publish("device_state", "<item id='" + "x".repeat(17_000) + "'/>"),
                admitted ? "406" : "403");
    }

    void subscribe(Jid from, NodeType node, String as) {
        watch.request(from, Stanzas.subscribe(node.nodeName(), as), model.subscribe(from, node, as));
    }

    void unsubscribe(Jid from, NodeType node) {
        watch.request(from, Stanzas.unsubscribe(node.nodeName(), from.bare()), model.unsubscribe(from, node));
    }

    void makeLeaf(Jid from, String name) {
        String made = model.request(from);
        watch.request(from, Requests.makeLeaf(name), made);
        if (made.equals(RESULT)) {
            leavesMade.computeIfAbsent(from, jid -> new HashSet<>()).add(name);
        }
        watch.request(
                from,
                Stanzas.owner("<affiliations node='" + name + "'/>"),
                isLeafOf(from, name) ? model.request(from) : Watch.NOT_OURS);
    }

    void delete(Jid from, String action, String name) {
        NodeType whole = NodeType.named(name);
        boolean ours = whole != null || isLeafOf(from, name);
        String expected = Watch.NOT_OURS;
        if (ours) {
            Set<Key> before = Set.copyOf(model.known());
            expected = model.delete(from, (node, id) -> whole == null ? id.equals(name) : node == whole);
            before.stream().filter(key -> !model.known().contains(key)).forEach(key -> lamps.removed(from, key));
        }
        watch.request(from, Stanzas.owner("<%s node='%s'/>".formatted(action, name)), expected);
    }

    void purge(String account) {
        int forgotten = model.purge(account);
        assertThat(fixture.service.administration().servers().purge(Account.of(account)))
                .isEqualTo(forgotten);
        watch.compare();
    }

    void clear(Key key) {
        boolean known = model.clear(key);
        assertThat(fixture.service.administration().entries().clear(key.itemKey()))
                .isEqualTo(known);
        watch.compare();
    }

    /** Whether it shows that a request on that name is one on a leaf of ours, which has no other mark. */
    private boolean isLeafOf(Jid from, String name) {
        return ownership == NodeOwnership.SOLE
                || (model.admits(from)
                        && (leavesMade.getOrDefault(from, Set.of()).contains(name)
                                || model.awaited.accounts().entrySet().stream()
                                        .anyMatch(each -> each.getKey().id().equals(name)
                                                && each.getValue().equals(from.bare()))
                                || model.table.entrySet().stream()
                                        .anyMatch(each -> each.getKey().id().equals(name)
                                                && each.getValue()
                                                        .publisher()
                                                        .bare()
                                                        .equals(from.bare()))));
    }

    void read(Jid from, NodeType node) {
        XmlElement answer = watch.request(from, Stanzas.items(node.nodeName()), model.request(from));
        if (answer != null && "result".equals(answer.attribute("type"))) {
            List<ReceivedItem> items = answer.children().get(0).children().get(0).children().stream()
                    .map(item -> ReceivedItem.of(node, item))
                    .toList();
            assertThat(items).containsExactlyInAnyOrderElementsOf(known(from, node));
        }
    }

    private List<ReceivedItem> known(Jid reader, NodeType node) {
        return model.table.entrySet().stream()
                .filter(each -> each.getKey().node() == node && model.shows(reader, each.getKey(), each.getValue()))
                .map(each -> new ReceivedItem(each.getKey(), each.getValue().value(), true))
                .toList();
    }

    void sessionEnded(Jid session) {
        end(session);
        fixture.service.sessionEnded(session);
        watch.compare();
    }

    void lookUp(Jid session) {
        known.put(session, new Known(fixture.service.epoch(session), model.ledger.current(session)));
    }

    void knownSessionEnded(Jid session) {
        Known end = known.getOrDefault(session, new Known(0, null));
        if (end.modelEpoch() == model.ledger.current(session)) {
            end(session);
        }
        fixture.service.sessionEnded(session, end.epoch());
        watch.compare();
    }

    private void end(Jid session) {
        model.sessionEnded(session);
        leavesMade.remove(session);
    }

    void setLimits(Limits changed) {
        limits = changed;
        model.setLimits(changed);
        fixture.service.setLimits(changed);
    }

    void setPolicy(Policy policy) {
        model.setPolicy(policy);
        fixture.service.setPolicy(policy);
        watch.compare();
    }

    void resynchronize() {
        model.resynchronize();
        fixture.service.resynchronize();
        watch.compare();
    }

    void advance(long ms) {
        long leftMs = ms;
        do {
            long stepMs = Math.min(leftMs, Math.max(1, model.msToNextEnding() - 1));
            model.advance(stepMs);
            fixture.scheduler.advance(stepMs);
            storage.note(model.persisted());
            storage.write();
            watch.compare(); // what was received before servers have gone, before they have in the model
            leftMs -= stepMs;
        } while (leftMs > 0);
        if (ms >= LONG_MS && model.quietMs() >= LONG_MS) {
            model.subscribers.mustBeComplete();
            model.subscribers.mustHaveTheNewest(model.table);
            watch.nothingWaits();
        }
    }

    private void finish() {
        advance(LONGER_THAN_ANY_GRACE_MS);
        advance(LONG_MS);
        assertThat(fixture.scheduler.pending()).isZero();
        watch.count(publishes);
        lamps.forget((session, key) -> model.leftAsIs.contains(key));
        lamps.mustBeRight(
                session -> model.subscribers.reception(session, NodeType.DEVICE_STATE) != null,
                (session, item) -> model.awaited.has(item.key()) // its server is there, but repeats nothing
                        || model.subscribers.counts(session, item, model.table));
    }
}
