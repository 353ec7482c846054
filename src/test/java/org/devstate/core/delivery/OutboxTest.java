// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.policy.Pace;
import org.devstate.core.stats.LossCounters;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;

final class OutboxTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");

    private static final Pace NO_WINDOW = new Pace(0, 0);

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Pacer pacer = new Pacer(clock, scheduler);
    private final HostFlow flow = new HostFlow(clock, () -> 0);
    private final LossCounters losses = new LossCounters();
    private final List<Notification> received = new ArrayList<>();
    private final Outbox outbox =
            new Outbox(NO_WINDOW, new DeliveryContext(clock, pacer, flow, losses), event -> true, received::addAll);

    @Test
    void nothingLeavesBeforeTheFlush() {
        Notification event = state("a", DeviceState.INUSE);
        outbox.offer(event);
        assertThat(received).isEmpty();
        outbox.flush();
        assertThat(received).containsExactly(event);
        outbox.flush();
        assertThat(received).hasSize(1);
    }

    @Test
    void aFullHostGetsNothingAndThenTheLatestValues() {
        AtomicInteger waiting = new AtomicInteger(HostFlow.MOST_WAITING_CHANGES);
        HostFlow full = new HostFlow(clock, waiting::get);
        Outbox held =
                new Outbox(NO_WINDOW, new DeliveryContext(clock, pacer, full, losses), event -> true, received::addAll);
        held.offer(state("a", DeviceState.INUSE));
        held.flush();
        scheduler.advance(2 * HostFlow.PATIENCE_MS);
        assertThat(received).isEmpty();
        Notification last = state("a", DeviceState.NOT_INUSE);
        held.offer(last);
        held.flush();
        waiting.decrementAndGet();
        scheduler.advance(HostFlow.LOOK_AGAIN_MS);
        assertThat(received).containsExactly(last);
        assertThat(losses.coalesced.sum()).isOne();
    }

    /** The host's pending stanzas may be of others. */
    @Test
    void aBusyHostGetsChangesAfterAWhile() {
        HostFlow busy = new HostFlow(clock, () -> HostFlow.MANY_WAITING);
        Outbox patient =
                new Outbox(NO_WINDOW, new DeliveryContext(clock, pacer, busy, losses), event -> true, received::addAll);
        for (int i = 1; i <= 2; i++) {
            patient.offer(state("a", DeviceState.INUSE));
            patient.offer(state("b", DeviceState.INUSE));
            patient.flush();
            scheduler.advance(HostFlow.PATIENCE_MS - 1);
            assertThat(received).hasSize(2 * (i - 1));
            scheduler.advance(1);
            assertThat(received).hasSize(2 * i);
        }
    }

    @Test
    void aSubscriberThatIsBehindGetsNothingUntilItsLineIsFree() {
        AtomicBoolean behind = new AtomicBoolean(true);
        Outbox slow = slow(behind);
        slow.offer(state("a", DeviceState.INUSE));
        slow.offerSnapshot(state("b", DeviceState.INUSE));
        slow.flush();
        scheduler.advance(60_000);
        assertThat(received).isEmpty();
        Notification last = state("a", DeviceState.NOT_INUSE);
        slow.offer(last);
        slow.flush();
        behind.set(false);
        scheduler.advance(HostFlow.LOOK_AGAIN_MS);
        assertThat(received).hasSize(2).startsWith(last);
        assertThat(losses.coalesced.sum()).isOne();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void aLineThatFillsUpAmidstAGoStopsTheNext() {
        AtomicBoolean behind = new AtomicBoolean();
        Outbox slow = slow(behind);
        List<Notification> events = List.of(state("a", DeviceState.INUSE), state("b", DeviceState.INUSE));
        slow.offer(events.get(0));
        slow.flush();
        behind.set(true);
        slow.offer(events.get(1));
        slow.flush();
        scheduler.advance(10 * HostFlow.LOOK_AGAIN_MS);
        assertThat(received).hasSize(1);
        behind.set(false);
        scheduler.advance(HostFlow.LOOK_AGAIN_MS);
        assertThat(received).isEqualTo(events);
    }

    private Outbox slow(AtomicBoolean behind) {
        Outbox.Sender line = new Outbox.Sender() {
            @Override
            public void send(List<Notification> notifications) {
                received.addAll(notifications);
            }

            @Override
            public boolean isBehind() {
                return behind.get();
            }
        };
        return new Outbox(NO_WINDOW, new DeliveryContext(clock, pacer, flow, losses), event -> true, line);
    }

    @Test
    void anIdleHostGetsChangesAtOnce() {
        HostFlow flowing = new HostFlow(clock, () -> HostFlow.MANY_WAITING - 1);
        Outbox prompt = new Outbox(
                NO_WINDOW, new DeliveryContext(clock, pacer, flowing, losses), event -> true, received::addAll);
        prompt.offer(state("a", DeviceState.INUSE));
        prompt.flush();
        assertThat(received).hasSize(1);
    }

    @Test
    void differentKeysLeaveInTheirOrder() {
        List<Notification> events = offer(50);
        outbox.flush();
        assertThat(received).isEqualTo(events);
    }

    @Test
    void onlyTheLastValueOfAKeyLeavesInItsPlace() {
        outbox.offer(state("a", DeviceState.INUSE));
        Notification other = state("b", DeviceState.INUSE);
        outbox.offer(other);
        Notification last = state("a", DeviceState.NOT_INUSE);
        outbox.offer(last);
        outbox.flush();
        assertThat(received).containsExactly(last, other);
    }

    @Test
    void nonCachableNotificationsAreNeverLeftOut() {
        List<Notification> events = List.of(
                nonCachable("a", DeviceState.RINGING),
                nonCachable("a", DeviceState.INUSE),
                state("a", DeviceState.BUSY),
                nonCachable("a", DeviceState.RINGING));
        events.forEach(outbox::offer);
        outbox.flush();
        assertThat(received).isEqualTo(events);
    }

    @Test
    void aNewerValueNeverOvertakesANonCachableOne() {
        outbox.offer(state("a", DeviceState.INUSE));
        Notification other = state("b", DeviceState.INUSE);
        outbox.offer(other);
        Notification nonCachable = nonCachable("a", DeviceState.RINGING);
        outbox.offer(nonCachable);
        Notification last = state("a", DeviceState.NOT_INUSE);
        outbox.offer(last);
        outbox.flush();
        assertThat(received).containsExactly(other, nonCachable, last);
    }

    @Test
    void aBurstIsFollowedByAPause() {
        List<Notification> events = offer(2 * Outbox.BURST + 1);
        outbox.flush();
        assertThat(received).hasSize(Outbox.BURST);
        scheduler.advance(Outbox.PAUSE_MS - 1);
        assertThat(received).hasSize(Outbox.BURST);
        scheduler.advance(1);
        assertThat(received).hasSize(2 * Outbox.BURST);
        scheduler.advance(Outbox.PAUSE_MS);
        assertThat(received).isEqualTo(events);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void lessThanABurstNeedsNoScheduler() {
        offer(Outbox.BURST - 1);
        outbox.flush();
        assertThat(received).hasSize(Outbox.BURST - 1);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void duringThePauseAFlushSendsNothingAndAValueIsStillReplaced() {
        offer(Outbox.BURST + 1);
        outbox.flush();
        Notification last = state("d" + Outbox.BURST, DeviceState.ONHOLD);
        outbox.offer(last);
        outbox.flush();
        assertThat(received).hasSize(Outbox.BURST);
        assertThat(scheduler.pending()).isOne();
        scheduler.advance(Outbox.PAUSE_MS);
        assertThat(received).hasSize(Outbox.BURST + 1).endsWith(last);
    }

    @Test
    void afterThePauseTheNextNotificationLeavesAtOnce() {
        offer(Outbox.BURST);
        outbox.flush();
        scheduler.advance(Outbox.PAUSE_MS);
        Notification event = state("late", DeviceState.INUSE);
        outbox.offer(event);
        outbox.flush();
        assertThat(received).endsWith(event);
        assertThat(scheduler.pending()).isZero();
    }

    /** If two could be at it, an older value might pass a newer one on the way out. */
    @Test
    void aFlushLeavesARunningDeliveryToItsThread() {
        Notification late = state("late", DeviceState.INUSE);
        List<String> steps = new ArrayList<>();
        List<Outbox> self = new ArrayList<>();
        Outbox busy = new Outbox(
                NO_WINDOW,
                new DeliveryContext(clock, pacer, flow, losses),
                event -> true,
                events -> events.forEach(event -> {
                    steps.add("> " + event.key().id());
                    if (event != late) {
                        self.get(0).offer(late);
                        self.get(0).flush();
                    }
                    steps.add("< " + event.key().id());
                }));
        self.add(busy);
        busy.offer(state("early", DeviceState.INUSE));
        busy.flush();
        assertThat(steps).containsExactly("> early", "< early", "> late", "< late");
    }

    @Test
    void forgettingConcernsOneNodeOnly() {
        Notification mailbox = new Notification(
                new ItemKey(NodeType.MESSAGE_WAITING, "a", new Eid(1)), new MailboxCounts(1, 0), ALICE, true);
        outbox.offer(state("a", DeviceState.INUSE));
        outbox.offer(mailbox);
        outbox.offer(nonCachable("a", DeviceState.RINGING));
        outbox.forget(NodeType.DEVICE_STATE);
        outbox.flush();
        assertThat(received).containsExactly(mailbox);
    }

    private List<Notification> offer(int count) {
        List<Notification> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Notification event = state("d" + i, DeviceState.INUSE);
            events.add(event);
            outbox.offer(event);
        }
        return events;
    }

    private static Notification state(String device, DeviceState state) {
        return new Notification(new ItemKey(NodeType.DEVICE_STATE, device, new Eid(1)), state, ALICE, true);
    }

    private static Notification nonCachable(String device, DeviceState state) {
        return new Notification(new ItemKey(NodeType.DEVICE_STATE, device, new Eid(1)), state, ALICE, false);
    }
}
