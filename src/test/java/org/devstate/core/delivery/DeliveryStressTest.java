// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.spi.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real threads, a real scheduler and real time: publishers, the pacer and flushing threads meet at the same outboxes. */
@Timeout(60)
final class DeliveryStressTest {

    private static final int PUBLISHERS = 4;
    private static final int KEYS = 40;
    private static final int CHANGES = 20_000;
    private static final int RECEIVERS = 5;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);

    /** The last value that each subscriber received of each key; no two threads write of one subscriber at a time. */
    private final Map<Jid, Map<ItemKey, Integer>> heard = new ConcurrentHashMap<>();

    private final AtomicInteger wrong = new AtomicInteger();
    private final Map<Notification, Integer> versions = new ConcurrentHashMap<>();
    private final Map<Jid, Thread> sending = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        scheduler.shutdownNow();
    }

    @ParameterizedTest(name = "window {0} ms, {1} a second")
    @CsvSource({"0, 0", "1, 0", "20, 0", "5, 20000"})
    void noKeyGoesBackwardsAndTheLastValueReachesEverySubscriber(int windowMs, int rate) throws Exception {
        Clock clock = Clock.of(System::currentTimeMillis, System::nanoTime);
        Subscriptions subscriptions = new Subscriptions(
                jid -> new Pace(windowMs, rate),
                event -> jid -> true,
                new Quota(Integer.MAX_VALUE),
                DeliveryContext.of(clock, this::schedule, () -> 0),
                (to, events) -> events.forEach(event -> hear(to, event)));
        for (int i = 0; i < RECEIVERS; i++) {
            Jid receiver = Jid.of("receiver" + i + "@example.net/x");
            heard.put(receiver, new ConcurrentHashMap<>());
            subscriptions.add(receiver, NodeType.MESSAGE_WAITING);
        }
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            done.add(threads.submit(() -> {
                start.await();
                publish(subscriptions, publisher);
                return true;
            }));
        }
        start.countDown();
        for (Future<?> each : done) {
            each.get(30, TimeUnit.SECONDS);
        }
        for (int tries = 0; tries < 500 && !allHaveHeardTheLast(); tries++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(heard.values()).allSatisfy(last -> assertThat(last)
                .hasSize(PUBLISHERS * KEYS)
                .allSatisfy((key, version) -> assertThat(version).isGreaterThan(CHANGES - KEYS)));
        assertThat(wrong).hasValue(0);
        assertThat(subscriptions.failed()).isZero();
    }

    private void schedule(Runnable task, long delayMs) {
        Future<?> unused = scheduler.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    private void publish(Subscriptions subscriptions, int publisher) {
        Jid from = Jid.of("publisher" + publisher + "@example.net/x");
        for (int change = 1; change <= CHANGES; change++) {
            String mailbox =
                    "m" + publisher + "-" + change % KEYS; // of its own: two EIDs of one mailbox would take turns
            ItemKey key = new ItemKey(NodeType.MESSAGE_WAITING, mailbox, new Eid(publisher));
            Notification event = new Notification(key, new MailboxCounts(change, 0), from, true);
            versions.put(event, change);
            subscriptions.offer(event);
            subscriptions.flush();
        }
    }

    private void hear(Jid receiver, Notification event) {
        if (sending.put(receiver, Thread.currentThread()) != null) {
            wrong.incrementAndGet(); // two at a time
        }
        int version = Objects.requireNonNull(versions.get(event));
        Integer before = Objects.requireNonNull(heard.get(receiver)).put(event.key(), version);
        if (before != null && before >= version) {
            wrong.incrementAndGet();
        }
        sending.remove(receiver);
    }

    private boolean allHaveHeardTheLast() {
        return heard.values().stream()
                .allMatch(last -> last.size() == PUBLISHERS * KEYS
                        && last.values().stream().allMatch(version -> version > CHANGES - KEYS));
    }
}
