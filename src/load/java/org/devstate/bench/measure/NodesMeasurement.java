// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.Flood;
import org.devstate.bench.load.PacedLoad;
import org.devstate.bench.load.Tally;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.servers.CpuTime;
import org.devstate.bench.servers.TigaseNodes;
import org.devstate.bench.servers.Users;

/**
 * The nodes of a cluster: notifications to 40 subscribers that all nodes share, the processor time of each node, what crosses between them,
 * and a node that joins.
 */
public final class NodesMeasurement implements Measurement {

    /** The number of subscribers; one more joins in each round. */
    public static final int SUBSCRIBERS = 40;

    /** So few publishes a second that none is coalesced, and a node has the same work whatever the others do. */
    private static final double PACE = 150;

    private static final int ENTRIES = 100_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** A node that starts may be rejected by the other one at first, and then joins after more than a minute. */
    private static final Duration JOINED = Duration.ofMinutes(4);

    private static final double LOOK_SECONDS = 0.1;

    /** Bytes between two looks that are more than acknowledgements and digests. */
    private static final long MUCH = 10_000;

    /** After so many looks without much, nothing more comes. */
    private static final int QUIET_LOOKS = 30;

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public void run(Arena arena) {
        if (arena.server() instanceof TigaseNodes nodes) {
            share(arena, nodes);
            if (nodes.pids().size() > 1) {
                join(arena, nodes);
            }
        }
    }

    private static void share(Arena arena, TigaseNodes nodes) {
        try (ClientGroup group = arena.group(Throughput.PUBLISHERS, SUBSCRIBERS, Throughput.DEVICES)) {
            String what = "nodes, 40 subscribers: ";
            Work before = Work.of(group, nodes);
            Stretch stretch = Stretch.of(arena, group, Throughput.UNDER_WAY);
            Work after = Work.of(group, nodes);
            arena.put(what + "notifications", "/s", Better.HIGHER, stretch.receivedPerSecond());
            arena.put(what + "acknowledged", "/s", Better.HIGHER, stretch.answeredPerSecond());
            arena.put(what + "nodes' CPU", "cores", Better.NEITHER, stretch.serverCores());
            arena.put(what + "generator's CPU", "cores", Better.NEITHER, stretch.generatorCores());
            write(arena, what, before, after);
            FinalState.await(group, LIMIT);
            paced(arena, nodes, group);
            arena.finish(what, group, FinalState.await(group, LIMIT));
        }
    }

    private static void paced(Arena arena, TigaseNodes nodes, ClientGroup group) {
        PacedLoad load = new PacedLoad(group, Integer.MAX_VALUE);
        load.run(PACE, arena.scale().warmUpSeconds());
        Work before = Work.of(group, nodes);
        load.run(PACE, 2 * arena.scale().seconds());
        FinalState.await(group, LIMIT);
        write(arena, "nodes, 40 subscribers, 150 publishes/s: ", before, Work.of(group, nodes));
    }

    private static void write(Arena arena, String what, Work before, Work after) {
        List<Double> micros = new ArrayList<>();
        for (int node = 0; node < after.cpu.size(); node++) {
            double nanos = after.cpu.get(node).since(before.cpu.get(node)).serverNanos();
            micros.add(nanos / 1e3 / (after.tally.received() - before.tally.received()));
        }
        arena.put(what + "CPU of all nodes a notification", "us", Better.LOWER, sum(micros));
        arena.put(what + "CPU of the busiest node, of it", "us", Better.LOWER, Collections.max(micros));
        if (micros.size() > 1) {
            double changes = after.tally.sent() - before.tally.sent();
            arena.put(what + "between nodes", "B/change", Better.LOWER, (after.bytes - before.bytes) / changes);
        }
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** What was done up to a moment: by the clients, by each node, and between the nodes. */
    private record Work(Tally tally, List<CpuTime> cpu, long bytes) {

        static Work of(ClientGroup group, TigaseNodes nodes) {
            List<CpuTime> cpu =
                    nodes.pids().stream().map(pid -> CpuTime.of(List.of(pid))).toList();
            return new Work(Tally.of(group), cpu, nodes.bytesBetween());
        }
    }

    /** The last node is killed, misses all of the entries, and comes back. */
    private static void join(Arena arena, TigaseNodes nodes) {
        String what = "node that joins, 100,000 entries: ";
        awaitQuiet(nodes); // what a node has acknowledged and not sent on yet is lost with it
        nodes.killLast();
        List<Address> last = nodes.subscribersAt().subList(0, 1);
        try (ClientGroup group = new ClientGroup(arena.loop(), nodes.address(), ENTRIES)) {
            group.addPublishers(Users.publishers(Throughput.PUBLISHERS));
            new Flood(group, Throughput.UNDER_WAY, ENTRIES / Throughput.PUBLISHERS).start();
            FinalState.await(group, LIMIT);
            CompletableFuture<Void> joined = CompletableFuture.runAsync(nodes::startLast);
            long startBytes = awaitMuch(nodes);
            long startNanos = System.nanoTime();
            long quietNanos = awaitQuiet(nodes);
            arena.put(what + "table received", "s", Better.LOWER, (quietNanos - startNanos) / 1e9);
            arena.put(what + "bytes", "MB", Better.LOWER, (nodes.bytesBetween() - startBytes) / 1e6);
            joined.join();
            // Not one of an earlier round: it would receive that what it had known then has ended.
            int unused = SUBSCRIBERS + arena.round();
            group.addSubscribers(Users.subscribers(unused, unused + 1), last);
            arena.finish(what, group, FinalState.await(group, LIMIT));
        }
    }

    /** Waits until much is sent for the first time; returns the bytes before that. */
    private static long awaitMuch(TigaseNodes nodes) {
        long deadline = System.nanoTime() + JOINED.toNanos();
        long bytes = nodes.bytesBetween();
        for (long now = bytes; now - bytes <= MUCH; now = nodes.bytesBetween()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the node has received nothing within " + JOINED.toSeconds() + " s");
            }
            bytes = now;
            Arena.pause(LOOK_SECONDS);
        }
        return bytes;
    }

    /** When much was sent last. */
    private static long awaitQuiet(TigaseNodes nodes) {
        long lastNanos = System.nanoTime();
        long bytes = nodes.bytesBetween();
        for (int quiet = 0; quiet < QUIET_LOOKS; quiet++) {
            Arena.pause(LOOK_SECONDS);
            long now = nodes.bytesBetween();
            if (now - bytes > MUCH) {
                lastNanos = System.nanoTime();
                quiet = 0;
            }
            bytes = now;
        }
        return lastNanos;
    }
}
