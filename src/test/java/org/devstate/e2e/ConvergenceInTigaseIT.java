package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.Crowd;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.Quiet;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Tigase restarts with twenty servers of a thousand devices each, which are all back at once. */
@Tag("e2e")
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class ConvergenceInTigaseIT {

    private static final int SERVERS = 20;
    private static final int DEVICES = 1_000;

    /** Of Tigase's, in MB: what waits for the clients waits in the outboxes, however many clients there are. */
    private static final int HEAP = 512;

    /** That it comes to an end, and to the right one, is what is asked here; the time is printed. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> ACCOUNTS =
            IntStream.range(0, SERVERS).mapToObj(i -> "pbx" + i).toList();

    @Test
    void allAreRightAgainSoonAfterARestart() {
        try (EventLoop loop = new EventLoop();
                Tigase tigase = Tigase.startWithHeap(
                        HEAP, Tigase.home().orElseThrow(), Office.FOLDER.resolve("ConvergenceInTigaseIT"))) {
            ACCOUNTS.forEach(tigase::addAccount);
            connectAll(loop, tigase, "at first");
            tigase.restart(() -> {});
            connectAll(loop, tigase, "after the restart");
        }
    }

    /** Connects all at once, and waits until each knows what all others say; then they are gone again. */
    private static void connectAll(EventLoop loop, Tigase tigase, String when) {
        Address address = new Address(tigase.clientPort(), XmppServer.DOMAIN, tigase.service());
        try (Crowd crowd = new Crowd(loop, address, SERVERS * DEVICES)) {
            long beganNanos = crowd.addServers(ACCOUNTS);
            Quiet quiet = Quiet.await(crowd, PATIENCE);
            assertThat(quiet.unanswered()).as("publishes without an answer").isZero();
            assertThat(quiet.wrong())
                    .as("devices that somebody does not know rightly")
                    .isZero();
            assertThat(crowd.complaints().first())
                    .as("what is none of these devices' states")
                    .isEmpty();
            System.out.printf(
                    "%d servers of %d devices know each other %s after %d ms, told %d times%n",
                    SERVERS,
                    DEVICES,
                    when,
                    (quiet.end().lastHeardNanos() - beganNanos) / 1_000_000,
                    quiet.end().heard());
        }
    }
}
