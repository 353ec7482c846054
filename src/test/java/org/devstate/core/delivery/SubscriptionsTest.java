// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.policy.Pace;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid ALICE_TOO = Jid.of("alice@example.net/second");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");

    private record Delivery(Jid to, Notification event) {}

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<Delivery> delivered = new ArrayList<>();
    private Pace pace = Pace.DEFAULT;
    private SessionFilter audience = jid -> true;
    private final Subscriptions subscriptions = new Subscriptions(
            jid -> pace,
            event -> audience,
            new Quota(Integer.MAX_VALUE),
            DeliveryContext.of(clock, scheduler, () -> 0),
            this::deliver);

    @Test
    void allButThePublishingSessionReceiveAChange() {
        subscribeAll();
        Notification event = state(ALICE);
        publish(event);
        assertThat(delivered).containsExactlyInAnyOrder(new Delivery(ALICE_TOO, event), new Delivery(BOB, event));
    }

    @Test
    void aSnapshotReachesThatOneOnlyAndNotItsPublisher() {
        subscribeAll();
        Notification event = state(ALICE);
        List<Boolean> heard = new ArrayList<>();
        for (Jid receiver : List.of(BOB, ALICE, Jid.of("stranger@example.net/x"))) {
            subscriptions.begin(receiver, NodeType.DEVICE_STATE, () -> offer -> {
                heard.add(offer.offer(event));
                return false;
            });
        }
        subscriptions.flush();
        assertThat(heard).containsExactlyInAnyOrder(true, false);
        assertThat(delivered).containsExactly(new Delivery(BOB, event));
    }

    @Test
    void onlyTheSubscribersOfANodeReceiveIt() {
        subscriptions.add(ALICE_TOO, NodeType.DEVICE_STATE);
        subscriptions.add(BOB, NodeType.MESSAGE_WAITING);
        Notification state = state(ALICE);
        Notification mailbox = mailbox(ALICE);
        publish(state);
        publish(mailbox);
        assertThat(delivered).containsExactly(new Delivery(ALICE_TOO, state), new Delivery(BOB, mailbox));
    }

    @Test
    void subscribingTwiceReceivesOnce() {
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        publish(state(ALICE));
        assertThat(delivered).hasSize(1);
        assertThat(subscriptions.size()).isOne();
    }

    @Test
    void removingOneNodeLeavesTheOther() {
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        subscriptions.add(BOB, NodeType.MESSAGE_WAITING);
        subscriptions.remove(BOB, NodeType.DEVICE_STATE);
        assertThat(subscriptions.size()).isOne();
        publish(state(ALICE));
        Notification mailbox = mailbox(ALICE);
        publish(mailbox);
        assertThat(delivered).containsExactly(new Delivery(BOB, mailbox));
    }

    @Test
    void pendingNotificationsAreNotSentOnceTheirNodeIsRemoved() {
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        subscriptions.add(BOB, NodeType.MESSAGE_WAITING);
        subscriptions.offer(state(ALICE));
        Notification mailbox = mailbox(ALICE);
        subscriptions.offer(mailbox);
        subscriptions.remove(BOB, NodeType.DEVICE_STATE);
        subscriptions.flush(BOB);
        assertThat(delivered).containsExactly(new Delivery(BOB, mailbox));
    }

    @Test
    void removingAllLeavesNothing() {
        subscribeAll();
        subscriptions.removeAll(BOB);
        subscriptions.removeAll(BOB);
        assertThat(subscriptions.size()).isEqualTo(2);
        publish(state(ALICE));
        assertThat(delivered).extracting(Delivery::to).containsExactly(ALICE_TOO);
    }

    @Test
    void removingAnUnknownSubscriptionChangesNothing() {
        subscriptions.remove(BOB, NodeType.DEVICE_STATE);
        subscriptions.flush(BOB);
        assertThat(subscriptions.size()).isZero();
    }

    /** A new outbox beside one that is still being sent would let an older value follow a newer one. */
    @Test
    void olderNotificationsDoNotOvertakeARepeatedSubscription() {
        List<Notification> heard = new ArrayList<>();
        List<Subscriptions> self = new ArrayList<>();
        Notification first = mailbox(ALICE);
        Notification older = state(ALICE, DeviceState.INUSE);
        Notification newer = state(ALICE, DeviceState.NOT_INUSE);
        Subscriptions reentrant = new Subscriptions(
                jid -> pace,
                event -> audience,
                new Quota(Integer.MAX_VALUE),
                DeliveryContext.of(clock, scheduler, () -> 0),
                (to, events) -> events.forEach(event -> {
                    heard.add(event);
                    if (event == first) {
                        self.get(0).removeAll(BOB);
                        self.get(0).add(BOB, NodeType.DEVICE_STATE);
                        self.get(0).offer(newer);
                        self.get(0).flush();
                    }
                }));
        self.add(reentrant);
        reentrant.add(BOB, NodeType.DEVICE_STATE);
        reentrant.add(BOB, NodeType.MESSAGE_WAITING);
        reentrant.offer(first);
        reentrant.offer(older);
        reentrant.flush();
        assertThat(heard).endsWith(newer);
        assertThat(reentrant.size()).isOne();
    }

    /** Asterisk unsubscribes on its way out, while it may still be sent to. */
    @Test
    void aSessionThatEndsDuringADeliveryHasEnded() {
        List<Subscriptions> self = new ArrayList<>();
        Subscriptions reentrant = new Subscriptions(
                jid -> pace,
                event -> audience,
                new Quota(Integer.MAX_VALUE),
                DeliveryContext.of(clock, scheduler, () -> 0),
                (to, events) -> self.get(0).removeAll(to));
        self.add(reentrant);
        reentrant.add(BOB, NodeType.DEVICE_STATE);
        reentrant.offer(state(ALICE));
        reentrant.flush();
        assertThat(reentrant.size()).isZero();
    }

    @Test
    void aSessionThatEndsDuringADeliveryIsNotCounted() {
        List<Integer> sizes = new ArrayList<>();
        List<Subscriptions> self = new ArrayList<>();
        Subscriptions reentrant = reentrant((to, event) -> {
            self.get(0).removeAll(to);
            sizes.add(self.get(0).size());
        });
        self.add(reentrant);
        reentrant.add(BOB, NodeType.DEVICE_STATE);
        reentrant.offer(state(ALICE));
        reentrant.flush();
        assertThat(sizes).containsExactly(0);
    }

    @Test
    void aSessionThatReturnsHasItsNewPace() {
        pace = new Pace(0, 0);
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        subscriptions.remove(BOB, NodeType.DEVICE_STATE);
        pace = new Pace(500, 0);
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        publish(state(ALICE, DeviceState.INUSE));
        publish(state(ALICE, DeviceState.NOT_INUSE));
        assertThat(delivered).hasSize(1);
        scheduler.advance(500);
        assertThat(delivered).hasSize(2);
    }

    @Test
    void aSessionThatEndedDuringADeliveryReturnsWithItsNewPace() {
        List<Notification> heard = new ArrayList<>();
        List<Subscriptions> self = new ArrayList<>();
        Subscriptions reentrant = reentrant((to, events) -> {
            heard.addAll(events);
            if (heard.size() == 1) {
                self.get(0).removeAll(to);
            }
        });
        self.add(reentrant);
        pace = new Pace(0, 0);
        reentrant.add(BOB, NodeType.DEVICE_STATE);
        reentrant.offer(state(ALICE));
        reentrant.flush();
        pace = new Pace(500, 0);
        reentrant.add(BOB, NodeType.DEVICE_STATE);
        for (int i = 0; i < 2; i++) {
            reentrant.offer(state(ALICE));
            reentrant.flush();
        }
        assertThat(heard).hasSize(2);
    }

    @Test
    void anAccountAtItsLimitIsRejectedUntilItEndsASubscription() {
        Subscriptions few = new Subscriptions(
                jid -> pace,
                event -> audience,
                new Quota(1),
                DeliveryContext.of(clock, scheduler, () -> 0),
                this::deliver);
        assertThat(few.add(ALICE, NodeType.DEVICE_STATE)).isTrue();
        assertThat(few.add(ALICE, NodeType.DEVICE_STATE)).isTrue();
        assertThat(few.add(ALICE, NodeType.MESSAGE_WAITING)).isFalse();
        assertThat(few.add(ALICE_TOO, NodeType.DEVICE_STATE)).isFalse();
        few.remove(ALICE, NodeType.MESSAGE_WAITING); // there was none
        assertThat(few.add(ALICE_TOO, NodeType.DEVICE_STATE)).isFalse();
        few.remove(ALICE, NodeType.DEVICE_STATE);
        assertThat(few.add(ALICE_TOO, NodeType.DEVICE_STATE)).isTrue();
        few.offer(state(BOB));
        few.flush();
        assertThat(delivered).extracting(Delivery::to).containsExactly(ALICE_TOO);
    }

    @Test
    void aDeliveryThatThrowsIsCountedAndStopsNoOther() {
        List<Jid> tried = new ArrayList<>();
        Subscriptions failing = reentrant((to, event) -> {
            tried.add(to);
            throw new IllegalStateException("a bad moment");
        });
        failing.add(ALICE_TOO, NodeType.DEVICE_STATE);
        failing.add(BOB, NodeType.DEVICE_STATE);
        failing.offer(state(ALICE));
        failing.flush();
        assertThat(tried).containsExactlyInAnyOrder(ALICE_TOO, BOB);
        assertThat(failing.failed()).isEqualTo(2);
    }

    @Test
    void droppedNotificationsAreCountedForEachSubscriber() {
        subscribeAll();
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE + 3; i++) {
            subscriptions.offer(Events.nonCachable("d"));
        }
        assertThat(subscriptions.dropped()).isEqualTo(2 * 3);
        assertThat(subscriptions.queued()).isEqualTo(2 * Backlog.MOST_NON_CACHABLE);
        assertThat(subscriptions.deepest()).isEqualTo(Backlog.MOST_NON_CACHABLE);
    }

    @Test
    void theRateOfSnapshotsHoldsForAllTogether() {
        subscriptions.setSnapshotRate(1_000);
        for (Jid receiver : List.of(ALICE_TOO, BOB)) {
            subscriptions.add(receiver, NodeType.DEVICE_STATE);
            List<Integer> read = new ArrayList<>();
            subscriptions.begin(receiver, NodeType.DEVICE_STATE, () -> offer -> {
                read.add(read.size());
                boolean heard = offer.offer(Events.state("d" + read.size()));
                return heard && read.size() < 1_000;
            });
        }
        subscriptions.flush();
        scheduler.advance(1_000);
        assertThat(delivered).hasSizeBetween(900, 1_020);
        scheduler.runAll();
        assertThat(delivered).hasSize(2_000);
    }

    private Subscriptions reentrant(Subscriptions.Delivery delivery) {
        return new Subscriptions(
                jid -> pace,
                event -> audience,
                new Quota(Integer.MAX_VALUE),
                DeliveryContext.of(clock, scheduler, () -> 0),
                delivery);
    }

    private void deliver(Jid to, List<Notification> events) {
        events.forEach(event -> delivered.add(new Delivery(to, event)));
    }

    private void subscribeAll() {
        for (Jid session : List.of(ALICE, ALICE_TOO, BOB)) {
            subscriptions.add(session, NodeType.DEVICE_STATE);
        }
    }

    private void publish(Notification event) {
        subscriptions.offer(event);
        subscriptions.flush();
    }

    private static Notification state(Jid publisher) {
        return state(publisher, DeviceState.INUSE);
    }

    private static Notification state(Jid publisher, DeviceState state) {
        return new Notification(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1)), state, publisher, true);
    }

    private static Notification mailbox(Jid publisher) {
        return new Notification(
                new ItemKey(NodeType.MESSAGE_WAITING, "100@default", new Eid(1)),
                new MailboxCounts(1, 0),
                publisher,
                true);
    }
}
