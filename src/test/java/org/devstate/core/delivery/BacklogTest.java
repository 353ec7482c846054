// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.mailbox;
import static org.devstate.core.delivery.Events.nonCachable;
import static org.devstate.core.delivery.Events.state;
import static org.devstate.core.model.NodeType.DEVICE_STATE;
import static org.devstate.core.model.NodeType.MESSAGE_WAITING;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.stats.LossCounters;
import org.junit.jupiter.api.Test;

/** How long a key is remembered, and its notifications meanwhile. */
final class BacklogTest {

    private static final long WINDOW = 1_000;
    private static final Jid PUBLISHER = Jid.of("alice@example.net/asterisk");

    private boolean wanted = true;
    private final Backlog backlog = new Backlog(WINDOW, event -> wanted, new LossCounters());

    @Test
    void aKeyIsRememberedUntilItsWindowHasClosed() {
        backlog.offer(state("a"));
        assertThat(backlog.pollChange(0)).isNotNull();
        backlog.closeWindows(WINDOW - 1);
        assertThat(backlog.keys()).isOne();
        backlog.closeWindows(WINDOW);
        assertThat(backlog.keys()).isZero();
    }

    @Test
    void aKeyWithAHeldValueIsRememberedUntilThatHasLeft() {
        backlog.offer(state("a"));
        assertThat(backlog.pollChange(0)).isNotNull();
        Notification held = state("a");
        backlog.offer(held);
        backlog.closeWindows(WINDOW);
        assertThat(backlog.keys()).isOne();
        assertThat(backlog.pollChange(WINDOW)).isSameAs(held);
        backlog.closeWindows(2 * WINDOW);
        assertThat(backlog.keys()).isZero();
    }

    @Test
    void withoutWindowsAKeyIsForgottenAsSoonAsItsValueHasLeft() {
        Backlog open = new Backlog(0, event -> true, new LossCounters());
        open.offer(state("a"));
        assertThat(open.pollChange(0)).isNotNull();
        assertThat(open.keys()).isZero();
        assertThat(open.windowsDueNanos()).isEqualTo(Pacer.NEVER);
    }

    @Test
    void aKeyIsForgottenWhenItsNonCachableNotificationsHaveLeft() {
        backlog.offer(nonCachable("a"));
        backlog.offer(nonCachable("a"));
        assertThat(backlog.pollChange(0)).isNotNull();
        assertThat(backlog.keys()).isOne();
        assertThat(backlog.pollChange(0)).isNotNull();
        assertThat(backlog.keys()).isZero();
    }

    @Test
    void aKeyIsForgottenWhenTheSubscriberHasPublishedIt() {
        backlog.offer(state("a"));
        backlog.overtake(state("a"));
        assertThat(backlog.keys()).isZero();
    }

    @Test
    void anUnwantedNotificationLeavesNothingBehind() {
        backlog.offer(state("a"));
        wanted = false;
        assertThat(backlog.pollChange(0)).isNull();
        assertThat(backlog.keys()).isZero();
        assertThat(backlog.windowsDueNanos()).isEqualTo(Pacer.NEVER);
    }

    @Test
    void aValueIsStillReplacedWhenTheOneBeforeItHasLeft() {
        Notification before = nonCachable("a");
        backlog.offer(before);
        backlog.offer(state("a"));
        assertThat(backlog.pollChange(0)).isSameAs(before);
        Notification newer = state("a");
        backlog.offer(newer);
        assertThat(backlog.pollChange(0)).isSameAs(newer);
        assertThat(backlog.pollChange(0)).isNull();
    }

    @Test
    void aSnapshotEntryWithALaterNotificationLeavesTheSnapshot() {
        Notification entry = state("a");
        Notification other = state("b");
        Notification behind = nonCachable("a");
        backlog.offerSnapshot(entry);
        backlog.offerSnapshot(other);
        backlog.offer(behind);
        assertThat(backlog.size()).isEqualTo(3);
        assertThat(backlog.pollChange(0)).isSameAs(entry);
        assertThat(backlog.pollChange(0)).isSameAs(behind);
        assertThat(backlog.pollChange(0)).isNull();
        assertThat(backlog.pollSnapshot(0)).isSameAs(other);
        assertThat(backlog.pollSnapshot(0)).isNull();
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void aValueIsAwaitedUntilItHasLeft() {
        Notification event = state("a");
        backlog.offer(event);
        assertThat(backlog.awaits(event.key())).isTrue();
        assertThat(backlog.awaits(state("b").key())).isFalse();
        assertThat(backlog.pollChange(0)).isSameAs(event);
        assertThat(backlog.awaits(event.key())).isFalse();
        backlog.offer(state("a"));
        assertThat(backlog.awaits(event.key())).as("what is held back").isTrue();
        backlog.closeWindows(WINDOW);
        assertThat(backlog.pollChange(WINDOW)).isNotNull();
        assertThat(backlog.awaits(event.key())).isFalse();
    }

    @Test
    void aNonCachableNotificationIsAwaitedUntilItHasLeft() {
        Notification event = nonCachable("a");
        backlog.offer(event);
        assertThat(backlog.awaits(event.key())).isTrue();
        assertThat(backlog.pollChange(0)).isSameAs(event);
        assertThat(backlog.awaits(event.key())).isFalse();
    }

    @Test
    void whileASnapshotIsReadEveryKeyOfItsNodeIsAwaited() {
        Snapshot.Reader nextPart = () -> false;
        backlog.beginSnapshot(DEVICE_STATE, nextPart);
        assertThat(backlog.awaits(state("a").key())).isTrue();
        assertThat(backlog.awaits(mailbox("m").key())).isFalse();
        Notification read = state("a");
        backlog.offerSnapshot(read);
        backlog.endSnapshot(nextPart);
        assertThat(backlog.awaits(read.key())).isTrue();
        assertThat(backlog.awaits(state("b").key())).isFalse();
    }

    @Test
    void nonCachableNotificationsAreForgottenOfOneNodeOnly() {
        backlog.offer(nonCachableAt(MESSAGE_WAITING, 7));
        backlog.offer(nonCachableAt(DEVICE_STATE, 5));
        backlog.forget(DEVICE_STATE);
        assertThat(backlog.oldestChangeMs()).isEqualTo(7);
        assertThat(backlog.size()).isOne();
        backlog.forget(MESSAGE_WAITING);
        assertThat(backlog.oldestChangeMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.keys()).isZero();
    }

    @Test
    void whenOneNodeIsForgottenAValueOfTheOtherIsStillReplaced() {
        backlog.offer(state("a"));
        backlog.offer(mailbox("m"));
        backlog.forget(DEVICE_STATE);
        Notification newer = mailbox("m");
        backlog.offer(newer);
        assertThat(backlog.pollChange(0)).isSameAs(newer);
        assertThat(backlog.pollChange(0)).isNull();
        backlog.forget(DEVICE_STATE);
        backlog.offer(mailbox("m"));
        assertThat(backlog.pollChange(0)).as("what waits for the window").isNull();
    }

    @Test
    void theOldestChangeIsAmongAllPendingOnesButTheSnapshot() {
        assertThat(backlog.oldestChangeMs()).isEqualTo(Long.MAX_VALUE);
        backlog.offer(stateAt("a", 9));
        assertThat(backlog.oldestChangeMs()).isEqualTo(9);
        backlog.offer(nonCachableAt(DEVICE_STATE, 7));
        backlog.offer(stateAt("b", 8));
        backlog.offerSnapshot(stateAt("c", 1));
        assertThat(backlog.oldestChangeMs()).isEqualTo(7);
    }

    @Test
    void aChangeThatIsHeldBackIsPendingAndOneThatHasLeftIsNot() {
        backlog.offer(stateAt("a", 5));
        assertThat(backlog.pollChange(0)).isNotNull();
        assertThat(backlog.oldestChangeMs()).isEqualTo(Long.MAX_VALUE);
        backlog.offer(stateAt("a", 6));
        assertThat(backlog.oldestChangeMs()).isEqualTo(6);
    }

    @Test
    void anEntryThatDidNotJustChangeIsNoOldChange() {
        backlog.offer(stateAt("a", 0));
        assertThat(backlog.oldestChangeMs()).isEqualTo(Long.MAX_VALUE);
        backlog.offer(stateAt("b", 1));
        assertThat(backlog.oldestChangeMs()).isOne();
    }

    @Test
    void aShorterWindowEndsThoseThatAreOpenSooner() {
        backlog.offer(state("a"));
        assertThat(backlog.pollChange(0)).isNotNull();
        backlog.setWindow(100, 500);
        assertThat(backlog.windowsDueNanos()).isEqualTo(600);
        backlog.closeWindows(599);
        assertThat(backlog.windowsDueNanos()).isEqualTo(600);
        backlog.closeWindows(600);
        assertThat(backlog.windowsDueNanos()).isEqualTo(Pacer.NEVER);
    }

    @Test
    void aLongerWindowLeavesThoseThatAreOpenAsTheyAre() {
        backlog.offer(state("a"));
        assertThat(backlog.pollChange(0)).isNotNull();
        backlog.setWindow(5 * WINDOW, 500);
        assertThat(backlog.windowsDueNanos()).isEqualTo(WINDOW);
        backlog.closeWindows(WINDOW);
        assertThat(backlog.windowsDueNanos()).isEqualTo(Pacer.NEVER);
    }

    private static Notification stateAt(String device, long atMs) {
        Notification event = state(device);
        return Notification.of(new Entry(new Publication(event.key(), event.value(), PUBLISHER, 1, atMs), 1));
    }

    private static Notification nonCachableAt(NodeType node, long atMs) {
        return Notification.nonCachable(new ItemKey(node, "passing", new Eid(1)), DeviceState.RINGING, PUBLISHER, atMs);
    }
}
