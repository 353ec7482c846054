// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.devstate.core.admin.operations.History;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.ChangeRing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads that publish and ask at the same time: no change is missed, and each request is answered once. */
@Timeout(60)
final class RequestHolderRaceTest {

    private static final int PUBLISHERS = 2;
    private static final int CHANGES = 3_000;
    private static final int CLIENTS = 4;
    private static final Notification CHANGE = new Notification(
            new ItemKey(NodeType.DEVICE_STATE, "PJSIP/1", new Eid(1)),
            DeviceState.INUSE,
            Jid.of("alice@example.net/asterisk"),
            true);

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final ChangeRing ring = new ChangeRing();
    private final RequestHolder holder =
            new RequestHolder(ring, Clock.of(System::currentTimeMillis, System::nanoTime), (task, delayMs) -> {
                var unused = scheduler.schedule(task, delayMs, TimeUnit.MILLISECONDS);
            });

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    /** Reads from its place on, and is held again, until it has all. */
    private final class Client implements History.HeldRequest {
        private final CountDownLatch hasAll = new CountDownLatch(1);
        private final AtomicInteger inside = new AtomicInteger();
        private volatile long next;
        private final AtomicLong seen = new AtomicLong();
        private volatile boolean overlapped;

        @Override
        public long next() {
            return next;
        }

        @Override
        public boolean look(boolean isOver) {
            if (inside.incrementAndGet() > 1) {
                overlapped = true;
            }
            ChangeRing.ChangeBatch batch = ring.from(next);
            next = batch.next();
            seen.addAndGet(batch.changes().size());
            boolean isAnswered = isOver || !batch.changes().isEmpty();
            inside.decrementAndGet();
            if (isAnswered) {
                askAgain();
            }
            return isAnswered;
        }

        private void askAgain() {
            if (seen.get() == (long) PUBLISHERS * CHANGES) {
                hasAll.countDown();
            } else { // from another thread, as the next stanza of the client
                scheduler.execute(
                        () -> assertThat(holder.hold(new Again(this), 30_000)).isTrue());
            }
        }
    }

    /** The next request of a client; what it asks may be there already. */
    private record Again(Client client) implements History.HeldRequest {
        @Override
        public long next() {
            return client.next();
        }

        @Override
        public boolean look(boolean isOver) {
            return client.look(isOver);
        }
    }

    @Test
    void noChangeIsMissed() throws Exception {
        List<Client> clients =
                IntStream.range(0, CLIENTS).mapToObj(i -> new Client()).toList();
        clients.forEach(client -> assertThat(holder.hold(client, 30_000)).isTrue());

        List<CompletableFuture<Void>> publishers = IntStream.range(0, PUBLISHERS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < CHANGES; n++) {
                        ring.add(CHANGE, ChangeRing.ChangeEffect.STORED, n);
                    }
                }))
                .toList();
        for (CompletableFuture<Void> publisher : publishers) {
            publisher.get(30, TimeUnit.SECONDS);
        }

        for (Client client : clients) {
            assertThat(client.hasAll.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.seen.get()).isEqualTo((long) PUBLISHERS * CHANGES);
            assertThat(client.overlapped).isFalse();
        }
        while (holder.size() > 0) { // a request is removed a moment after its last look; the test has a limit of time
            Thread.onSpinWait();
        }
    }
}
