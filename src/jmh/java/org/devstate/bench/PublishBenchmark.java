// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A change through the whole core: read, validated, recorded, acknowledged, and sent to all subscribers. Keys come round when their
 * windows have closed, so that nothing is coalesced and each subscriber is notified of each change. The windows and the pacer work as
 * in production, and changes within two milliseconds leave together, as they do under such a load.
 */
@State(Scope.Benchmark)
public class PublishBenchmark {

    /** Come round after twice the window. */
    private static final int KEYS = 10_000;

    private static final int PUBLISHES_PER_MS = KEYS / 200;

    @Param({"1", "10", "100"})
    public int subscribers;

    private final Jid publisher = Bench.server(0);
    private final XmlElement[] stanzas = new XmlElement[2 * KEYS];
    private long published;
    private long sent;
    private Bench bench = new Bench((to, stanza) -> {});

    @Setup
    public void setUp(Blackhole blackhole) {
        bench = new Bench((to, stanza) -> {
            sent++;
            blackhole.consume(stanza);
        });
        for (int i = 0; i < stanzas.length; i++) {
            stanzas[i] = PublishStanza.state("PJSIP/" + i % KEYS, Bench.eid(0), i < KEYS ? "INUSE" : "NOT_INUSE");
        }
        bench.subscribeToAll(subscribers);
        sent = 0;
    }

    @Benchmark
    public boolean publish() {
        if (published % PUBLISHES_PER_MS == 0) {
            bench.scheduler.advance(1);
        }
        return bench.service.handle(publisher, stanzas[(int) (published++ % stanzas.length)]);
    }

    /** A benchmark of something else than it claims would be worse than none. */
    @TearDown
    public void eachSubscriberReceivedEachChangeAndThePublisherAnAnswer() {
        bench.scheduler.runAll();
        if (sent != published * (subscribers + 1)
                || bench.service.status().queues().coalesced() != 0) {
            throw new IllegalStateException(published + " publishes, but " + sent + " stanzas, "
                    + bench.service.status().queues().coalesced() + " coalesced");
        }
    }
}
