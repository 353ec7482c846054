// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.devstate.core.delivery.Events.mailbox;
import static org.devstate.core.delivery.Events.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.stats.LossCounters;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads at one outbox, in interleavings that are made, not hoped for: one is held inside the delivery meanwhile. */
@Timeout(20)
final class OutboxInterleavingTest {

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final LossCounters losses = new LossCounters();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    /** The notifications at the beginning and at the end of each delivery, of any thread. */
    private final List<String> steps = new ArrayList<>();

    private final Notification first = state("a");
    private final Notification newer = state("a");
    private Throwable trouble = new IllegalStateException();
    private boolean firstFails;

    @AfterEach
    void letGo() {
        go.countDown();
    }

    @Test
    void aFlushDuringADeliveryReturnsAtOnceAndKeepsTheOrder() {
        Outbox outbox = outbox(0);
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        outbox.offer(newer);
        outbox.flush();
        assertThat(steps()).containsExactly("> first");
        assertThat(outbox.depth()).isOne();
        go.countDown();
        flush.join();
        assertThat(steps()).containsExactly("> first", "< first", "> newer", "< newer");
        assertThat(outbox.depth()).isZero();
    }

    @Test
    void onlyTheLastOfManyChangesDuringADeliveryFollows() {
        Outbox outbox = outbox(0);
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        for (int i = 0; i < 1_000; i++) {
            outbox.offer(state("a"));
            outbox.flush();
        }
        outbox.offer(newer);
        outbox.flush();
        assertThat(outbox.depth()).isOne();
        go.countDown();
        flush.join();
        assertThat(steps()).containsExactly("> first", "< first", "> newer", "< newer");
        assertThat(losses.coalesced.sum()).isEqualTo(1_000);
    }

    @Test
    void anOutboxIsNotIdleDuringADelivery() {
        Outbox outbox = outbox(0);
        assertThat(outbox.isIdle()).isTrue();
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        assertThat(outbox.depth()).isZero();
        assertThat(outbox.isIdle()).isFalse();
        go.countDown();
        flush.join();
        assertThat(outbox.isIdle()).isTrue();
        outbox.offer(newer);
        assertThat(outbox.isIdle()).isFalse();
    }

    @Test
    void thePacersTurnLeavesADeliveryToItsThread() {
        Outbox outbox = outbox(100);
        Notification other = state("b");
        outbox.offer(other);
        outbox.flush();
        outbox.offer(state("b")); // held until the window closes
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        outbox.flush();
        scheduler.advance(100);
        assertThat(steps()).containsExactly("> b", "< b", "> first");
        go.countDown();
        flush.join();
        assertThat(steps()).containsExactly("> b", "< b", "> first", "< first", "> b", "< b");
    }

    @Test
    void changesDuringAFailedDeliveryFollow() {
        firstFails = true;
        Outbox outbox = outbox(0);
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        outbox.offer(newer);
        outbox.flush();
        assertThat(steps()).containsExactly("> first");
        go.countDown();
        flush.join();
        assertThat(steps()).containsExactly("> first", "> newer", "< newer");
        assertThat(losses.failed.sum()).isOne();
        assertThat(outbox.isIdle()).isTrue();
    }

    /** Such as an OutOfMemoryError: it is the caller's, but the next one must not find the outbox locked for good. */
    @Test
    void anErrorOfTheDeliveryDoesNotBlockTheOutbox() {
        firstFails = true;
        trouble = new StackOverflowError();
        Outbox outbox = outbox(0);
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        outbox.offer(newer);
        outbox.flush();
        go.countDown();
        assertThatThrownBy(flush::join).hasCause(trouble);
        assertThat(steps()).containsExactly("> first");
        outbox.flush();
        assertThat(steps()).containsExactly("> first", "> newer", "< newer");
        assertThat(outbox.isIdle()).isTrue();
    }

    @Test
    void aNodeForgottenDuringADeliveryDoesNotFollowButLaterChangesDo() {
        Outbox outbox = outbox(0);
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        outbox.offer(state("a"));
        outbox.offer(state("b"));
        Notification mailbox = mailbox("m");
        outbox.offer(mailbox);
        outbox.forget(NodeType.DEVICE_STATE);
        outbox.flush();
        assertThat(outbox.depth()).isOne();
        outbox.offer(newer);
        outbox.flush();
        assertThat(steps()).containsExactly("> first");
        go.countDown();
        flush.join();
        assertThat(steps()).containsExactly("> first", "< first", "> newer", "< newer", "> m", "< m");
    }

    /** The end of a subscription does not wait for a slow delivery, nor does the end of that delivery revive it. */
    @Test
    void forgettingAllDuringADeliveryLeavesNothing() {
        Outbox outbox = outbox(100);
        CompletableFuture<Void> flush = flushElsewhere(outbox, first);
        outbox.offer(newer);
        outbox.beginSnapshot(NodeType.DEVICE_STATE, () -> {
            throw new AssertionError("a snapshot is read that was forgotten");
        });
        outbox.forget(NodeType.DEVICE_STATE);
        go.countDown();
        flush.join();
        scheduler.runAll();
        assertThat(steps()).containsExactly("> first", "< first");
        assertThat(outbox.isIdle()).isTrue();
    }

    private Outbox outbox(int windowMs) {
        return new Outbox(
                new Pace(windowMs, 0),
                new DeliveryContext(clock, new Pacer(clock, scheduler), new HostFlow(clock, () -> 0), losses),
                event -> true,
                events -> events.forEach(this::receive));
    }

    /** Offers {@code event}, which is the first, and returns when another thread is in the midst of its delivery. */
    private CompletableFuture<Void> flushElsewhere(Outbox outbox, Notification event) {
        outbox.offer(event);
        CompletableFuture<Void> flush = CompletableFuture.runAsync(outbox::flush);
        await(inside);
        return flush;
    }

    private void receive(Notification event) {
        step("> " + name(event));
        if (event == first) {
            inside.countDown();
            await(go);
            if (firstFails && trouble instanceof Error error) {
                throw error;
            } else if (firstFails) {
                throw (RuntimeException) trouble;
            }
        }
        step("< " + name(event));
    }

    private String name(Notification event) {
        return event == first ? "first" : event == newer ? "newer" : event.key().id();
    }

    private synchronized void step(String step) {
        steps.add(step);
    }

    private synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
