// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.mailbox;
import static org.devstate.core.delivery.Events.nonCachable;
import static org.devstate.core.delivery.Events.state;
import static org.devstate.core.model.DeviceState.BUSY;
import static org.devstate.core.model.DeviceState.INUSE;
import static org.devstate.core.model.DeviceState.NOT_INUSE;
import static org.devstate.core.model.DeviceState.ONHOLD;
import static org.devstate.core.model.DeviceState.RINGING;
import static org.devstate.core.model.DeviceState.UNAVAILABLE;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.devstate.core.delivery.OutboxFixture.Sent;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.policy.Pace;
import org.devstate.core.stats.LossCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A subscriber receives the free state between two occupations of a device, however short it was. */
final class OutboxFreeingTest {

    private static final int WINDOW_MS = 100;
    private static final Jid PUBLISHER = Jid.of("alice@example.net/asterisk");

    private final OutboxFixture fixture = new OutboxFixture(new Pace(WINDOW_MS, 0));

    private final Notification inUse = state("a", INUSE);
    private final Notification free = state("a", NOT_INUSE);
    private final Notification ringing = state("a", RINGING);

    @Test
    void aStateThatFreesADeviceIsSentBetweenTwoThatOccupyIt() {
        fixture.send(inUse);
        fixture.advance(20);
        fixture.send(free);
        fixture.advance(20);
        fixture.send(ringing);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.sent)
                .containsExactly(new Sent(inUse, 0), new Sent(free, WINDOW_MS), new Sent(ringing, 2 * WINDOW_MS));
        assertThat(fixture.outbox.isIdle()).isTrue();
        assertThat(fixture.scheduler.pending()).isZero();
    }

    static Stream<Arguments> statesThatFreeAndOccupy() {
        return Stream.of(DeviceState.values())
                .filter(frees -> !frees.occupies())
                .flatMap(frees -> Stream.of(DeviceState.values())
                        .filter(DeviceState::occupies)
                        .map(occupies -> Arguments.of(frees, occupies)));
    }

    @ParameterizedTest
    @MethodSource("statesThatFreeAndOccupy")
    void everyStateThatIsNotAnOccupationFreesADevice(DeviceState frees, DeviceState occupies) {
        Notification between = state("a", frees);
        Notification last = state("a", occupies);
        fixture.send(inUse, between, last);
        fixture.advance(2 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, between, last);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "RINGING", "RINGINUSE", "ONHOLD"})
    void anOccupationBetweenTwoOthersIsCoalesced(DeviceState between) {
        Notification last = state("a", BUSY);
        fixture.send(inUse, state("a", between), last);
        fixture.advance(2 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, last);
    }

    @Test
    void aDeviceThatIsFreeAtLastIsSentAsFreeOnce() {
        Notification last = state("a", UNAVAILABLE);
        fixture.send(inUse, free, ringing, last);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.sent).containsExactly(new Sent(inUse, 0), new Sent(last, WINDOW_MS));
        assertThat(fixture.losses.coalesced.sum()).isEqualTo(2);
    }

    @Test
    void aFreeDeviceIsNotSentAsFreeAgain() {
        fixture.send(inUse, free, ringing);
        fixture.advance(WINDOW_MS);
        fixture.send(state("a", NOT_INUSE));
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free);
        assertThat(fixture.outbox.depth()).isZero();
    }

    @Test
    void anOccupationOfAFreeDeviceIsCoalesced() {
        fixture.send(free, state("a", INUSE), state("a", NOT_INUSE), ringing);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.sent).containsExactly(new Sent(free, 0), new Sent(ringing, WINDOW_MS));
    }

    @Test
    void theLatestOfSeveralOccupationsFollowsTheLatestStateThatFreedTheDevice() {
        Notification first = state("a", NOT_INUSE);
        Notification second = state("a", UNAVAILABLE);
        Notification last = state("a", ONHOLD);
        fixture.send(inUse, first, second, ringing, last);
        fixture.advance(2 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, second, last);
    }

    /**
     * The state that the service itself sends for a device whose server is gone, or that the subscriber may not receive for a moment.
     */
    @Test
    void anOfflineStateBetweenTwoOccupationsIsCoalesced() {
        Notification offline = Notification.offline(inUse.key(), UNAVAILABLE, PUBLISHER);
        fixture.send(inUse, offline, ringing);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, ringing);
    }

    @Test
    void anOfflineStateAfterAStateThatFreedTheDeviceTakesItsPlace() {
        Notification offline = Notification.offline(inUse.key(), UNAVAILABLE, PUBLISHER);
        fixture.send(inUse, free, offline, ringing);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, offline, ringing);
    }

    @Test
    void aDeviceThatWasFreedBeforeTheLastNotificationIsNotFreedAgain() {
        fixture.send(free, inUse);
        fixture.advance(WINDOW_MS);
        fixture.send(Notification.offline(inUse.key(), UNAVAILABLE, PUBLISHER), ringing);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(free, inUse, ringing);
    }

    @Test
    void theValueThatWaitsInTheSecondWindowIsTheLatest() {
        Notification last = state("a", BUSY);
        fixture.send(inUse, free, ringing);
        fixture.advance(WINDOW_MS);
        fixture.send(last);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free, last);
    }

    @Test
    void mailboxesAreCoalescedToTheLatestCounts() {
        Notification first = mailbox("m");
        Notification last = mailbox("m");
        fixture.send(first, mailbox("m"), last);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(first, last);
    }

    @Test
    void eachServersStateOfADeviceIsFreedForItself() {
        Notification other =
                new Notification(new ItemKey(NodeType.DEVICE_STATE, "a", new Eid(2)), NOT_INUSE, PUBLISHER, true);
        fixture.send(inUse, other, ringing);
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, other, ringing);
    }

    @Test
    void bothLeaveInOrderIfThereAreNoWindowsAndTheRateIsLimited() {
        OutboxFixture slow = new OutboxFixture(new Pace(0, 10));
        slow.send(state("b"), inUse, free, ringing);
        slow.advance(1_000);
        assertThat(slow.sent.subList(1, 3)).containsExactly(new Sent(free, 100), new Sent(ringing, 200));
        assertThat(slow.outbox.isIdle()).isTrue();
    }

    @Test
    void aRateLimitHoldsBackAtMostTwoNotificationsADevice() {
        OutboxFixture slow = new OutboxFixture(new Pace(WINDOW_MS, 10));
        slow.send(state("b"));
        for (int i = 0; i < 1_000; i++) {
            slow.send(state("a", INUSE), state("a", NOT_INUSE));
        }
        slow.send(ringing);
        assertThat(slow.outbox.depth()).isEqualTo(2);
        slow.advance(1_000);
        assertThat(slow.events()).hasSize(3).endsWith(ringing);
        assertThat(slow.events().get(1).value()).isEqualTo(NOT_INUSE);
    }

    @Test
    void aNonCachableStateStaysBehindTheStateThatFreedTheDevice() {
        Notification behind = nonCachable("a");
        fixture.send(inUse, free, behind, ringing);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free, behind);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free, behind, ringing);
    }

    @Test
    void aNonCachableStateStaysBehindTheSecondOccupation() {
        Notification behind = nonCachable("a");
        fixture.send(inUse, free, ringing, behind);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free, ringing, behind);
    }

    @Test
    void aNonCachableStateBehindAnOccupationThatIsReplacedFollowsTheStateThatFreedTheDevice() {
        Notification behind = nonCachable("a");
        Notification last = state("a", BUSY);
        Notification after = nonCachable("a");
        fixture.send(inUse, free, ringing, behind, last, after);
        assertThat(fixture.outbox.depth()).isEqualTo(4);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free, behind);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, free, behind, last, after);
    }

    @Test
    void aNonCachableStateLeavesAtOnceIfAllBeforeItIsReplaced() {
        Notification behind = nonCachable("a");
        Notification last = state("a", UNAVAILABLE);
        fixture.send(inUse, free, ringing, behind, last);
        assertThat(fixture.events()).containsExactly(inUse, behind);
        fixture.advance(WINDOW_MS);
        assertThat(fixture.events()).containsExactly(inUse, behind, last);
    }

    @Test
    void theOldestNonCachableStateIsDroppedAtAnyPlace() {
        fixture.send(inUse, free, nonCachable("a"), ringing);
        Notification kept = nonCachable("a");
        Notification last = state("a", BUSY);
        fixture.send(kept, last);
        for (int i = 0; i < Backlog.MOST_NON_CACHABLE - 1; i++) {
            fixture.outbox.offer(nonCachable("b"));
        }
        assertThat(fixture.losses.dropped.sum()).isOne();
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events().stream().filter(event -> event.key().equals(inUse.key())))
                .containsExactly(inUse, free, kept, last);
    }

    @Test
    void theSubscribersOwnPublishReplacesBoth() {
        fixture.send(inUse, free, ringing, nonCachable("a"));
        fixture.outbox.overtake(state("a", BUSY));
        fixture.outbox.flush();
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).hasSize(2).startsWith(inUse);
        assertThat(fixture.outbox.isIdle()).isTrue();
        assertThat(fixture.outbox.depth()).isZero();
    }

    @Test
    void aSubscriptionThatEndsDropsBoth() {
        fixture.send(inUse, free, ringing);
        assertThat(fixture.outbox.depth()).isEqualTo(2);
        fixture.outbox.forget(NodeType.DEVICE_STATE);
        assertThat(fixture.outbox.depth()).isZero();
        assertThat(fixture.outbox.isIdle()).isTrue();
    }

    @Test
    void aStateThatMayNoLongerBeSentDoesNotDelayTheNext() {
        Backlog.Filter allowed = event -> event != free;
        Backlog backlog = new Backlog(WINDOW_MS, allowed, new LossCounters());
        backlog.offer(inUse);
        assertThat(backlog.pollChange(0)).isSameAs(inUse);
        backlog.offer(free);
        backlog.offer(ringing);
        backlog.closeWindows(WINDOW_MS);
        assertThat(backlog.pollChange(WINDOW_MS)).isSameAs(ringing);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void theOldestChangeIsTheStateThatFreedTheDevice() {
        Backlog backlog = new Backlog(WINDOW_MS, event -> true, new LossCounters());
        backlog.offer(inUse);
        assertThat(backlog.pollChange(0)).isSameAs(inUse);
        backlog.offer(Notification.of(new Entry(new Publication(free.key(), NOT_INUSE, PUBLISHER, 1, 5), 1)));
        backlog.offer(Notification.of(new Entry(new Publication(free.key(), RINGING, PUBLISHER, 2, 6), 1)));
        assertThat(backlog.oldestChangeMs()).isEqualTo(5);
        assertThat(backlog.awaits(free.key())).isTrue();
        backlog.closeWindows(WINDOW_MS);
        assertThat(backlog.pollChange(WINDOW_MS)).isNotNull();
        assertThat(backlog.oldestChangeMs()).isEqualTo(6);
        assertThat(backlog.awaits(free.key())).isTrue();
        assertThat(backlog.size()).isOne();
    }

    /** A snapshot has the present states; a new subscriber has received none before. */
    @Test
    void aSnapshotEntryIsReplacedByTheOccupationThatFollows() {
        fixture.outbox.offerSnapshot(free);
        fixture.outbox.offer(ringing);
        fixture.outbox.flush();
        fixture.advance(10 * WINDOW_MS);
        assertThat(fixture.events()).containsExactly(ringing);
    }

    /** The budget, with devices that are occupied and free by turns, at 20 changes a second each. */
    @Test
    void aThousandDevicesThatAreUsedByTurnsMakeNoMoreThanFiveThousandNotificationsASecond() {
        OutboxFixture flapping = new OutboxFixture(new Pace(200, 0));
        Map<ItemKey, Notification> last = new HashMap<>();
        for (int ms = 0; ms < 3_000; ms++) {
            for (int device = ms % 50; device < 1_000; device += 50) {
                Notification event = state("d" + device, ms / 50 % 2 == 0 ? INUSE : NOT_INUSE);
                last.put(event.key(), event);
                flapping.send(event);
            }
            flapping.advance(1);
        }
        flapping.scheduler.runAll();
        int[] perMs = new int[4_000];
        Map<ItemKey, Notification> heard = new HashMap<>();
        flapping.sent.forEach(sent -> {
            perMs[(int) sent.atMs()]++;
            heard.put(sent.event().key(), sent.event());
        });
        assertThat(OutboxWindowTest.busiestSecond(perMs)).isLessThanOrEqualTo(5_000);
        assertThat(heard).hasSameSizeAs(last).allSatisfy((key, event) -> assertThat(event.value())
                .isEqualTo(Objects.requireNonNull(last.get(key)).value()));
    }
}
