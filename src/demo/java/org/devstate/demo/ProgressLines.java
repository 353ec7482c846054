// SPDX-License-Identifier: Apache-2.0
package org.devstate.demo;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.devstate.testbed.Await;
import org.devstate.testbed.Pbx;

/** What a demonstration prints: a line for each step, with the time. Stateless. */
final class ProgressLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(700);

    private ProgressLines() {}

    /** Prints one line; an empty one without the time. */
    static void print(String line) {
        System.out.println(
                line.isEmpty() ? "" : LocalTime.now(ZoneId.systemDefault()).format(TIME) + "  " + line);
    }

    /** Changes a state at one site, and prints when and how the other site shows it. */
    static void change(Pbx here, Pbx there, String device, String state, String seen) throws InterruptedException {
        print(here.title() + ": devstate change " + device + " " + state);
        long start = System.nanoTime();
        here.setDeviceState(device, state);
        awaitState(there, device, seen, PATIENCE);
        print("    " + there.title() + ", within " + millisSince(start) + " ms: " + there.queueMember(device));
        pause();
    }

    /** Waits until the queue of that server shows that state of a device. */
    static void awaitState(Pbx server, String device, String seen, Duration limit) {
        Await.until(server.title() + " shows " + device + " " + seen, limit, () -> server.queueMember(device)
                .endsWith(seen));
    }

    static long millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** For the reader of the output. */
    static void pause() throws InterruptedException {
        Thread.sleep(PAUSE.toMillis());
    }
}
