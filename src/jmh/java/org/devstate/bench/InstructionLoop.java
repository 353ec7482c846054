// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.util.stream.IntStream;
import org.devstate.core.protocol.XmlElement;

/** The program whose instructions {@link InstructionRun} counts: the same publishes over and over. For one thread. */
final class InstructionLoop {

    /** After so many publishes, all that they need is compiled. */
    private static final int FIRST = 20_000;

    private static final int DEVICES = 1_000;
    private static final int PER_MS = 5;

    private InstructionLoop() {}

    /** @param arguments the number of subscribers, of publishes, and the states that the devices take in turn, one or two */
    public static void main(String[] arguments) {
        int subscribers = Integer.parseInt(arguments[0]);
        int publishes = Integer.parseInt(arguments[1]);
        int states = arguments.length - 2;
        long[] sent = new long[1];
        Bench bench = new Bench((to, stanza) -> sent[0]++);
        XmlElement[] stanzas = IntStream.range(0, states * DEVICES)
                .mapToObj(i -> PublishStanza.state("PJSIP/" + i % DEVICES, Bench.eid(0), arguments[2 + i / DEVICES]))
                .toArray(XmlElement[]::new);
        bench.subscribeToAll(subscribers);
        sent[0] = 0;
        for (int i = 0; i < FIRST + publishes; i++) {
            bench.service.handle(Bench.server(0), stanzas[i % stanzas.length]);
            if (i % PER_MS == 0) {
                bench.scheduler.advance(1);
            }
        }
        bench.scheduler.runAll();
        int changes = states == 1 ? DEVICES : FIRST + publishes;
        if (sent[0] != FIRST + publishes + (long) changes * subscribers) {
            throw new IllegalStateException(sent[0] + " stanzas");
        }
    }
}
