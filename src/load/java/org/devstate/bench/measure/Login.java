// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.devstate.bench.report.Figure.Better;
import org.devstate.bench.report.Spread;
import org.devstate.bench.servers.Users;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** Real Asterisk servers of both releases, one after another: how long from the start of each until it is connected, over TLS. */
public final class Login implements Measurement {

    private static final int SERVERS = 20;

    /** Enough to see that they wait in vain. */
    private static final int FEW = 6;

    private static final List<Release> RELEASES = List.of(Release.values());
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "login";
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public void run(Arena arena) {
        arena.server().xmpp().ifPresent(xmpp -> run(arena, xmpp));
    }

    private static void run(Arena arena, XmppServer xmpp) {
        String what = "Asterisk, from its start to Connected: ";
        int servers = arena.server().isOurs() ? SERVERS : FEW;
        List<String> users = Users.subscribers(0, servers);
        List<Double> seconds = new ArrayList<>();
        try {
            for (int i = 0; i < servers; i++) {
                start(users.get(i), i, xmpp, seconds);
            }
        } finally {
            arena.leaveNothing(users);
        }
        arena.put(what + "tried", "", Better.NEITHER, servers);
        arena.put(what + "within " + LIMIT.toSeconds() + " s", "", Better.NEITHER, seconds.size());
        if (!seconds.isEmpty()) {
            Spread spread = Spread.of(seconds);
            arena.put(what + "median", "s", Better.LOWER, spread.median());
            arena.put(what + "longest", "s", Better.LOWER, spread.most());
        }
        if (seconds.size() < servers) {
            arena.fail(
                    what,
                    "NEVER",
                    servers - seconds.size() + " of " + servers + " were not connected within " + LIMIT.toSeconds()
                            + " s");
        }
    }

    /** One that does not even come up, or ends, is no figure, and ends the measurement. */
    private static void start(String user, int index, XmppServer xmpp, List<Double> seconds) {
        Release release = RELEASES.get(index % RELEASES.size());
        Path folder = Path.of("target", "bench-servers", "asterisk").toAbsolutePath();
        long startNanos = System.nanoTime();
        try (Asterisk asterisk = Asterisk.start(Testbed.find(), release, folder, user, index + 1, xmpp)) {
            if (connects(asterisk)) {
                seconds.add((System.nanoTime() - startNanos) / 1e9);
            }
        }
    }

    private static boolean connects(Asterisk asterisk) {
        try {
            asterisk.awaitConnected(LIMIT);
            return true;
        } catch (AssertionError e) {
            if (!asterisk.isAlive()) {
                throw e;
            }
            return false;
        }
    }
}
