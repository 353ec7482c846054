// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.operatorlog.ClusterLogger;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.spi.Scheduler;

/**
 * Keeps the state of this node and of the other nodes of the cluster the same. A host adds nodes, and hands over their
 * messages. A node is present while its messages arrive; one that is silent for five seconds counts as lost, even if the host still has a
 * connection to it, and its servers' grace periods begin. Thread-safe; nothing here waits for another node.
 */
public final class Replicator {

    /** How often each node is sent a sign of life. */
    static final long TICK_MS = 1_000;

    /** After so many ticks without a change for a node, it is sent the digest of the table, in case anything was lost. */
    static final int DIGEST_TICKS = 30;

    /** How many ticks there are between two looks for entries that no node answers for. */
    static final int UNANSWERED_TICKS = 10;

    private final ClusterLink link;
    private final ClusterClock clock;
    private final Scheduler scheduler;
    private final ClusterLogger logger;
    private final ReplicatedState state;
    private final ItemSource source;
    private final ItemMerger merger;
    private final long run;
    private final Map<String, NodeLink> nodes = new ConcurrentHashMap<>();
    private final MessageInbox inbox;
    private final NodeQueries queries;
    private final SnapshotHold snapshotHold;
    private int ticks;

    /** @param timing the clock and the scheduler of this node */
    public Replicator(
            ClusterLink link,
            ClusterClock.Timing timing,
            ClusterLogger logger,
            ReplicatedState state,
            ReplicatedState.ReplicationParts parts) {
        this.link = link;
        this.clock = timing.clock();
        this.scheduler = timing.scheduler();
        this.logger = logger;
        this.state = state;
        this.source = new ItemSource(state, parts);
        this.merger = new ItemMerger(state, parts, logger);
        this.run = clock.wallMs();
        this.inbox = new MessageInbox(scheduler, this::handle);
        this.queries = new NodeQueries(scheduler, run, new NodeQueryLink());
        this.snapshotHold = parts.snapshotHold();
        parts.marker().addListener(this::changed);
        scheduler.schedule(this::tick, TICK_MS);
    }

    /** Holds back snapshots from now on, until the tables of the other nodes are here; to be called before any session can subscribe. */
    public void holdSnapshots() {
        snapshotHold.begin(clock.monotonicNanos());
    }

    /** There is another node; it counts as present from its first message on. */
    public void join(String node) {
        if (!node.equals(link.self())) {
            NodeLink known = nodes.computeIfAbsent(node, name -> new NodeLink(clock));
            known.connected(clock.monotonicNanos());
            scheduler.schedule(() -> send(node, ReplicationMessage.alive(now(known))), 0);
        }
    }

    /** The connection to another node is lost. */
    public void leave(String node) {
        NodeLink known = nodes.get(node);
        if (known != null) {
            lose(node, known);
        }
    }

    /** A message of a node without a connection has arrived, and is ignored. */
    public void ignore(String node) {
        logger.unconnected(node);
    }

    /**
     * A message of another node has arrived. Returns at once.
     *
     * @param message read before the call returns and not retained
     */
    public void receive(String node, ElementView message) {
        ReplicationMessage parsed;
        try {
            parsed = MessageParser.parse(message);
        } catch (MessageParser.InvalidMessageException e) {
            logger.invalid(node, e.reason());
            return;
        }
        inbox.add(node, parsed, nodes.size());
    }

    private void handle(String node, ReplicationMessage message) {
        NodeLink known = nodes.get(node);
        if (known == null) {
            return; // the host has not added it yet, and it will repeat
        }
        clock.follow(message.sent().atMs());
        switch (known.arrived(message.sent().run(), clock.monotonicNanos(), clock.wallMs())) {
            case PRESENT -> {}
            case JOINED -> joined(node, known);
            case RESTARTED -> {
                lost(node);
                joined(node, known);
            }
            case OUTDATED -> {
                return;
            }
        }
        if (known.hasJoinedThere(message.sent().joins())) {
            sendAll(node, known);
        }
        if (message.digest() != null) {
            compare(node, known, message.digest());
        }
        if (message.batch() != null) {
            merge(node, known, message.batch());
        }
        if (message.query() != null) {
            queries.arrived(node, message.sent().run(), message.query());
        }
        ReplicationMessage.Acknowledgement acknowledgement = message.acknowledgement();
        if (acknowledgement != null && acknowledgement.run() == run && known.acknowledged(acknowledgement.number())) {
            pump(node, known);
        }
    }

    private void joined(String node, NodeLink known) {
        logger.joined(node);
        sendAll(node, known);
    }

    private void sendAll(String node, NodeLink known) {
        known.queue().addAll(source.all());
        send(node, ReplicationMessage.of(now(known), source.digest()));
        pump(node, known);
    }

    private void lose(String node, NodeLink known) {
        if (known.lose(clock.wallMs())) {
            lost(node);
        }
    }

    private void lost(String node) {
        logger.lost(node, state.gracePeriods().lose(node));
    }

    private void compare(String node, NodeLink known, TableDigest digest) {
        BitSet ranges = source.differences(digest);
        known.compared(ranges.isEmpty(), clock.wallMs());
        if (!ranges.isEmpty()) {
            known.queue().addAll(source.keysOf(ranges, digest));
        }
        if (!known.hasEndOfTable()) {
            known.queue().add(new PendingItem.EndOfTable());
        }
        pump(node, known);
    }

    private void merge(String node, NodeLink known, ReplicationMessage.Batch batch) {
        if (known.takes(batch.number())) {
            try {
                if (merger.merge(node, batch.items())) {
                    known.completed();
                    snapshotHold.check(nodes.values(), clock.monotonicNanos());
                }
            } catch (MessageParser.InvalidMessageException e) {
                logger.invalid(node, e.reason());
            }
        }
        send(
                node,
                ReplicationMessage.of(now(known), new ReplicationMessage.Acknowledgement(known.run(), batch.number())));
    }

    /** Called with the lock of an entry held. */
    private void changed(PendingItem item) {
        nodes.forEach((node, known) -> {
            if (known.isPresent()) {
                known.queue().add(item);
                pumpSoon(node, known);
            }
        });
    }

    private void pumpSoon(String node, NodeLink known) {
        if (known.pumpsSoon().compareAndSet(false, true)) {
            scheduler.schedule(() -> pump(node, known), 0);
        }
    }

    private void pump(String node, NodeLink known) {
        known.pumpsSoon().set(false);
        List<PendingItem> pending = known.next(clock.monotonicNanos());
        if (!pending.isEmpty()) {
            List<ReplicatedItem> items = source.read(pending);
            send(node, ReplicationMessage.of(now(known), new ReplicationMessage.Batch(known.number(), items)));
        }
    }

    private ReplicationMessage.Sent now(NodeLink to) {
        return new ReplicationMessage.Sent(run, clock.wallMs(), to.joins());
    }

    private void send(String node, ReplicationMessage message) {
        link.send(node, MessageWriter.write(message));
    }

    private final class NodeQueryLink implements NodeQueries.QueryLink {

        @Override
        public void send(String node, ReplicationMessage.QueryPart part) {
            NodeLink known = nodes.get(node);
            if (known != null) {
                Replicator.this.send(node, ReplicationMessage.of(now(known), part));
            }
        }

        @Override
        public void rejectQuestion(String node) {
            logger.invalid(node, "a question to this node is malformed");
        }
    }

    private void tick() {
        scheduler.schedule(this::tick, TICK_MS);
        long nowNanos = clock.monotonicNanos();
        ticks++;
        TableDigest digest = ticks % DIGEST_TICKS == 0 ? source.digest() : null;
        if (ticks % UNANSWERED_TICKS == 0) {
            state.gracePeriods().endUnanswered(state.entries().table(), nowNanos);
        }
        nodes.forEach((node, known) -> {
            if (known.isOverdue(nowNanos)) {
                lose(node, known);
            }
            if (known.isSilent(nowNanos)) {
                logger.silent(node);
            }
            if (digest != null && known.isPresent() && known.isIdle()) {
                send(node, ReplicationMessage.of(now(known), digest));
            } else {
                send(node, ReplicationMessage.alive(now(known)));
            }
            if (known.repeat(nowNanos)) {
                pump(node, known);
            }
        });
        snapshotHold.check(nodes.values(), nowNanos);
    }

    /**
     * Another node, as this one knows it.
     *
     * @param sinceMs since when it has been present, or lost, in milliseconds since the epoch; 0 if it was never present
     * @param isComplete whether it has sent all that it had when it joined
     */
    public record NodeStatus(String name, boolean isPresent, long sinceMs, boolean isComplete, LinkFigures figures) {}

    /**
     * The exchange with another node.
     *
     * @param pending how many items it has not acknowledged yet
     * @param lagMs how long the oldest of those has been pending, in milliseconds; 0 if there is none
     * @param comparedAtMs when the tables were compared last, in milliseconds since the epoch; 0 if never
     * @param sameSinceMs since when each comparison has found the same table, in milliseconds since the epoch; 0 if the last one did not
     */
    public record LinkFigures(int pending, long lagMs, long comparedAtMs, long sameSinceMs) {}

    /** The other nodes, by name. */
    public List<NodeStatus> nodes() {
        return nodes.entrySet().stream()
                .map(each -> each.getValue().status(each.getKey(), clock.monotonicNanos()))
                .sorted(Comparator.comparing(NodeStatus::name))
                .toList();
    }

    /** Asks all present nodes something; see {@link NodeQueries#ask}. */
    public void ask(String question, NodeQueries.AnswerCollector collector) {
        queries.ask(
                nodes().stream()
                        .filter(NodeStatus::isPresent)
                        .map(NodeStatus::name)
                        .toList(),
                question,
                collector);
    }

    /** A part of a node's answer is malformed, and was ignored. */
    public void rejectAnswer(String node) {
        logger.invalid(node, "an answer of it is malformed");
    }

    /** Sets how the questions of other nodes are answered; until then they are not. */
    public void setAnswerer(NodeQueries.Answerer answerer) {
        queries.setAnswerer(answerer);
    }

    /** When this node was started, in milliseconds since the epoch. */
    public long startedAtMs() {
        return run;
    }

    /** One number for all entries with a known value here: nodes with the same one have, as good as certainly, the same entries. */
    public long digest() {
        return source.digest().total();
    }
}
