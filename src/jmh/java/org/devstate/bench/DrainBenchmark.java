// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.util.function.Consumer;
import org.devstate.core.delivery.DeliveryContext;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One subscriber's outbox: 2,000 changes of as many keys are offered, and leave in ten goes with the pauses between them. */
@State(Scope.Benchmark)
public class DrainBenchmark {

    private static final int EVENTS = 2_000;
    private static final int SPAN_MS = 500;

    @Param({"0", "100"})
    public int windowMs;

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Notification[] events = new Notification[EVENTS];
    private Subscriptions subscriptions = subscriptions(event -> {});

    @Setup
    public void setUp(Blackhole blackhole) {
        subscriptions = subscriptions(blackhole::consume);
        subscriptions.add(Bench.server(1), NodeType.DEVICE_STATE);
        for (int i = 0; i < EVENTS; i++) {
            ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1));
            events[i] = new Notification(key, DeviceState.INUSE, Bench.server(0), true);
        }
    }

    private Subscriptions subscriptions(Consumer<Notification> subscriber) {
        return new Subscriptions(
                jid -> new Pace(windowMs, 0),
                event -> jid -> true,
                new Quota(1),
                DeliveryContext.of(clock, scheduler, () -> 0),
                (to, events) -> events.forEach(subscriber));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void offerAndDrain() {
        for (Notification event : events) {
            subscriptions.offer(event);
        }
        subscriptions.flush();
        scheduler.advance(SPAN_MS);
        if (subscriptions.queued() != 0) {
            throw new IllegalStateException("not drained");
        }
    }
}
