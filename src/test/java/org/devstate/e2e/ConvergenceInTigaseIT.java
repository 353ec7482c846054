package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.devstate.testbed.Await;
import org.devstate.testbed.ManyDevices;
import org.devstate.testbed.ManyDevices.Device;
import org.devstate.testbed.Tigase;
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

    /** Of Tigase's, in MB: what is on its way to the clients waits in its queues, a gigabyte of it at the peak. */
    private static final int HEAP = 512;

    /** That it comes to an end, and to the right one, is what is asked here; the time is printed. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> STATES = List.of("NOT_INUSE", "INUSE", "RINGING", "BUSY", "ONHOLD");

    @Test
    void allAreRightAgainSoonAfterARestart() {
        try (Tigase tigase = Tigase.startWithHeap(
                HEAP, Tigase.home().orElseThrow(), Office.FOLDER.resolve("ConvergenceInTigaseIT"))) {
            IntStream.range(0, SERVERS).forEach(i -> tigase.addAccount("pbx" + i));
            connectAll(tigase, 0, "at first");
            tigase.restart(() -> {});
            connectAll(tigase, 1, "after the restart");
        }
    }

    /** Connects all at once, and waits until each knows what all others say; then they are gone again. */
    private static void connectAll(Tigase tigase, int round, String when) {
        Map<Device, String> truth = new HashMap<>();
        IntStream.range(0, SERVERS).forEach(i -> truth.putAll(statesOf(i, round)));
        AtomicLong lastBeganNanos = new AtomicLong();
        List<CompletableFuture<ManyDevices>> logins = IntStream.range(0, SERVERS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            lastBeganNanos.accumulateAndGet(System.nanoTime(), Math::max);
                            return ManyDevices.connect(tigase, "pbx" + i, eid(i), statesOf(i, round));
                        },
                        task -> new Thread(task, "connect-" + i).start()))
                .toList();
        List<ManyDevices> servers = logins.stream().map(CompletableFuture::join).toList();
        try {
            Await.until("all know all", PATIENCE, () -> servers.stream()
                    .allMatch(server -> server.heard().size() == (SERVERS - 1) * DEVICES));
            long tookMs = (System.nanoTime() - lastBeganNanos.get()) / 1_000_000;
            long told = servers.stream().mapToLong(ManyDevices::messages).sum();
            System.out.printf(
                    "%d servers of %d devices know each other %s after %d ms, told %d times%n",
                    SERVERS, DEVICES, when, tookMs, told);
            for (int i = 0; i < SERVERS; i++) {
                Map<Device, String> others = new HashMap<>(truth);
                others.keySet().removeAll(statesOf(i, round).keySet());
                assertThat(servers.get(i).heard()).isEqualTo(others);
            }
        } finally {
            servers.forEach(ManyDevices::close);
        }
    }

    private static Map<Device, String> statesOf(int server, int round) {
        Map<Device, String> states = new HashMap<>();
        for (int device = 0; device < DEVICES; device++) {
            states.put(
                    new Device("PJSIP/" + server + "-" + device, eid(server)),
                    STATES.get((server + device + round) % STATES.size()));
        }
        return states;
    }

    private static String eid(int server) {
        return "00:11:22:33:55:%02x".formatted(server);
    }
}
