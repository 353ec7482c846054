// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The publishes that a server repeats when it reconnects: acknowledged, and sent to none of the subscribers. */
@State(Scope.Benchmark)
public class DuplicateBenchmark {

    private static final int KEYS = 1_000;

    private final Jid publisher = Bench.server(0);
    private final XmlElement[] stanzas = new XmlElement[KEYS];
    private int next;
    private Bench bench = new Bench((to, stanza) -> {});

    @Setup
    public void setUp(Blackhole blackhole) {
        bench = new Bench((to, stanza) -> blackhole.consume(stanza));
        for (int i = 0; i < KEYS; i++) {
            stanzas[i] = PublishStanza.state("PJSIP/" + (12_000 + i), Bench.eid(0), "INUSE");
            bench.service.handle(publisher, stanzas[i]);
        }
        bench.subscribeToAll(10);
    }

    @Benchmark
    public boolean duplicate() {
        next = next + 1 == KEYS ? 0 : next + 1;
        return bench.service.handle(publisher, stanzas[next]);
    }

    @TearDown
    public void nothingWaitsForAnybody() {
        if (bench.service.status().queues().queued() != 0
                || bench.service.status().entries() != KEYS) {
            throw new IllegalStateException("something was taken for a change");
        }
    }
}
