// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.junit.jupiter.api.Test;

final class RecentEndingsTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid BOB = Jid.of("bob@example.net/a");
    private static final Jid CAROL = Jid.of("carol@example.net/a");
    private static final Eid EID = Objects.requireNonNull(Eid.parse("00:11:22:33:44:5a"));

    private final RecentEndings endings = new RecentEndings();
    private long nowNanos = -5;

    private static Notification ending(int device) {
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + device, EID);
        return Notification.offline(key, DeviceState.UNAVAILABLE, ALICE);
    }

    @Test
    void anEndingIsStoredForSubscribersOfItsAudience() {
        endings.note(ending(1), session -> true);
        endings.expect(BOB, NodeType.DEVICE_STATE);
        endings.expect(BOB, NodeType.MESSAGE_WAITING);
        Notification second = ending(2);
        endings.note(second, session -> true);
        endings.note(ending(3), CAROL::equals);

        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).containsExactly(second);
        assertThat(endings.begin(BOB, NodeType.MESSAGE_WAITING, nowNanos)).isEmpty();
    }

    @Test
    void anEndingIsRepeatedAtFurtherLoginsForTenMinutes() {
        endings.expect(BOB, NodeType.DEVICE_STATE);
        Notification first = ending(1);
        endings.note(first, session -> true);
        nowNanos += TimeUnit.HOURS.toNanos(5);
        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).containsExactly(first);
        nowNanos += TimeUnit.MINUTES.toNanos(RecentEndings.SETTLED_MINUTES) - 1;
        Notification second = ending(2);
        endings.note(second, session -> true);
        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).containsExactly(first, second);
        nowNanos += 1;
        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).containsExactly(second);
        nowNanos += TimeUnit.MINUTES.toNanos(RecentEndings.SETTLED_MINUTES);
        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).isEmpty();
    }

    @Test
    void aKeyThatEndsTwiceIsRememberedOnce() {
        endings.expect(BOB, NodeType.DEVICE_STATE);
        endings.note(ending(1), session -> true);
        Notification again = ending(1);
        endings.note(again, session -> true);

        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).containsExactly(again);
    }

    @Test
    void aSubscribersOwnEndingIsNotStored() {
        endings.expect(ALICE, NodeType.DEVICE_STATE);
        endings.note(ending(1), session -> true);

        assertThat(endings.begin(ALICE, NodeType.DEVICE_STATE, nowNanos)).isEmpty();
    }

    @Test
    void ifThereAreTooManyEndingsThoseOfTheOldestSubscriptionAreForgotten() {
        endings.expect(BOB, NodeType.DEVICE_STATE);
        endings.note(ending(0), session -> true);
        endings.expect(CAROL, NodeType.DEVICE_STATE);
        for (int i = 1; i < RecentEndings.MOST; i++) {
            endings.note(ending(i), CAROL::equals);
        }
        assertThat(endings.sessions(NodeType.DEVICE_STATE)).containsExactly(BOB, CAROL);
        endings.note(ending(RecentEndings.MOST), CAROL::equals);

        assertThat(endings.sessions(NodeType.DEVICE_STATE)).containsExactly(CAROL);
        assertThat(endings.begin(CAROL, NodeType.DEVICE_STATE, nowNanos)).hasSize(RecentEndings.MOST);
    }

    @Test
    void ifThereAreTooManySubscriptionsTheOldestIsForgotten() {
        for (int i = 0; i <= RecentEndings.MOST_SUBSCRIPTIONS; i++) {
            endings.expect(new Jid("pbx@example.net", "r" + i), NodeType.DEVICE_STATE);
        }

        assertThat(endings.sessions(NodeType.DEVICE_STATE))
                .hasSize(RecentEndings.MOST_SUBSCRIPTIONS)
                .startsWith(new Jid("pbx@example.net", "r1"));
    }

    @Test
    void endingsThatAreSettledMakeRoomForOthers() {
        endings.expect(BOB, NodeType.DEVICE_STATE);
        for (int i = 0; i < RecentEndings.MOST; i++) {
            endings.note(ending(i), session -> true);
        }
        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).hasSize(RecentEndings.MOST);
        nowNanos += TimeUnit.MINUTES.toNanos(RecentEndings.SETTLED_MINUTES);
        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).isEmpty();
        Notification next = ending(0);
        endings.note(next, session -> true);

        assertThat(endings.begin(BOB, NodeType.DEVICE_STATE, nowNanos)).containsExactly(next);
    }

    @Test
    void onlySubscriptionsToTheNodeAreNamed() {
        endings.expect(BOB, NodeType.DEVICE_STATE);
        endings.expect(CAROL, NodeType.MESSAGE_WAITING);

        assertThat(endings.sessions(NodeType.DEVICE_STATE)).containsExactly(BOB);
    }
}
