// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.servers.Users;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.ManagerClient;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.jspecify.annotations.Nullable;

/**
 * Two real Asterisk servers of the newest release, in a cluster at two nodes: how long from the change of a device at one until the manager
 * interface of the other reports it, one change at a time.
 */
public final class AsteriskLatency implements Measurement {

    private static final String WHAT = "Asterisk to Asterisk: ";
    private static final String DEVICE = "Custom:bench";

    /** They change in turn, so that none changes again within its window. */
    private static final int DEVICES = 20;

    /** Before those that count; after them, all devices are free. */
    private static final int FIRST = 2 * DEVICES;

    private static final Duration LOGIN = Duration.ofSeconds(60);
    private static final long LIMIT_MS = 30_000;

    /** A change during a login can cost an Asterisk its connection. */
    private static final double SETTLED_SECONDS = 3;

    private static final double PAUSE_SECONDS = 0.02;

    private record Report(String device, String state, long atNanos) {

        boolean isOf(String expectedDevice, String expectedState) {
            return device.equals(expectedDevice) && state.equals(expectedState);
        }
    }

    @Override
    public String name() {
        return "asterisk";
    }

    @Override
    public void run(Arena arena) {
        List<XmppServer> servers = arena.server().asterisksAt();
        if (servers.isEmpty()) {
            return;
        }
        String publisher = Users.publishers(1).get(0);
        String subscriber = Users.subscribers(0, 1).get(0);
        try (Asterisk from = start(publisher, 1, servers.get(0));
                Asterisk to = start(subscriber, 2, servers.get(servers.size() - 1));
                ManagerClient changes = from.managerOfStates();
                ManagerClient reports = to.managerOfStates()) {
            if (connect(from, arena) && connect(to, arena)) {
                Arena.pause(SETTLED_SECONDS);
                measure(arena, changes, reports);
            }
        } finally {
            arena.leaveNothing(List.of(publisher, subscriber));
        }
    }

    private static Asterisk start(String user, int number, XmppServer xmpp) {
        Path folder = Path.of("target", "bench-servers", "asterisk").toAbsolutePath();
        return Asterisk.startConsuming(Testbed.find(), Release.V22, folder, user, number, xmpp, List.of(DEVICE + 0));
    }

    private static boolean connect(Asterisk asterisk, Arena arena) {
        try {
            asterisk.awaitConnected(LOGIN);
            return true;
        } catch (AssertionError e) {
            arena.fail(WHAT, "NEVER", "one was not connected within " + LOGIN.toSeconds() + " s");
            return false;
        }
    }

    private static void measure(Arena arena, ManagerClient changes, ManagerClient reports) {
        BlockingQueue<Report> reported = new LinkedBlockingQueue<>();
        reports.setListener((device, state) -> {
            if (device.startsWith(DEVICE)) {
                reported.add(new Report(device, state, System.nanoTime()));
            }
        });
        Histogram delays = new Histogram(3);
        Histogram unused = new Histogram(3);
        int samples = arena.scale().samples() / 10;
        if (change(FIRST, changes, reported, unused) && change(samples, changes, reported, delays)) {
            arena.put(WHAT + "p50", "ms", Better.LOWER, delays.getValueAtPercentile(50) / 1e6);
            arena.put(WHAT + "p99", "ms", Better.LOWER, delays.getValueAtPercentile(99) / 1e6);
            arena.put(WHAT + "counted", "", Better.NEITHER, (double) delays.getTotalCount());
            arena.delayHistograms().add(WHAT, arena.server().title(), delays);
        } else {
            arena.fail(WHAT, "NEVER", "a change was not reported within " + LIMIT_MS + " ms");
        }
    }

    /** Returns whether all changes were reported. */
    private static boolean change(int count, ManagerClient changes, BlockingQueue<Report> reported, Histogram delays) {
        for (int i = 0; i < count; i++) {
            String device = DEVICE + i % DEVICES;
            String state = i / DEVICES % 2 == 0 ? "INUSE" : "NOT_INUSE";
            Arena.pause(PAUSE_SECONDS);
            long startNanos = System.nanoTime();
            changes.setDeviceState(device, state);
            Report report = await(device, state, reported);
            if (report == null) {
                return false;
            }
            delays.recordValue(report.atNanos - startNanos);
        }
        return true;
    }

    /** The report of that state; {@code null} if there is none in time. */
    private static @Nullable Report await(String device, String state, BlockingQueue<Report> reported) {
        try {
            Report report = reported.poll(LIMIT_MS, TimeUnit.MILLISECONDS);
            while (report != null && !report.isOf(device, state)) {
                report = reported.poll(LIMIT_MS, TimeUnit.MILLISECONDS);
            }
            return report;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
