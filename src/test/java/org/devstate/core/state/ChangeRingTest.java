// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.state.ChangeRing.ChangeBatch;
import org.devstate.core.state.ChangeRing.ChangeEffect;
import org.devstate.core.state.ChangeRing.Numbered;
import org.junit.jupiter.api.Test;

final class ChangeRingTest {

    private static final List<ChangeEffect> EFFECTS =
            List.of(ChangeEffect.STORED, ChangeEffect.MOVED, ChangeEffect.REMOVED, ChangeEffect.DELIVERED);

    private final ChangeRing recent = new ChangeRing();

    @Test
    void changesAreNumberedInTheirOrder() {
        List<Notification> events = add(3);
        assertThat(recent.from(0))
                .isEqualTo(new ChangeBatch(
                        List.of(numbered(0, events), numbered(1, events), numbered(2, events)), false, 3));
        assertThat(recent.from(2)).isEqualTo(new ChangeBatch(List.of(numbered(2, events)), false, 3));
    }

    @Test
    void aReaderOfAllChangesHasLostNothing() {
        assertThat(recent.from(recent.next())).isEqualTo(new ChangeBatch(List.of(), false, 0));
        add(3);
        assertThat(recent.from(recent.next())).isEqualTo(new ChangeBatch(List.of(), false, 3));
    }

    @Test
    void aFullRingReplacesTheOldestChange() {
        List<Notification> events = add(ChangeRing.SIZE);
        assertThat(recent.from(0).lost()).isFalse();
        assertThat(recent.from(0).changes()).extracting(Numbered::notification).isEqualTo(events);

        events.addAll(add(1));

        assertThat(recent.from(0).lost()).isTrue();
        assertThat(recent.from(1).lost()).isFalse();
        assertThat(recent.from(0).changes()).isEqualTo(recent.from(1).changes());
        assertThat(recent.from(1).changes())
                .extracting(Numbered::notification)
                .isEqualTo(events.subList(1, events.size()));
        assertThat(recent.from(1).changes())
                .extracting(Numbered::number)
                .startsWith(1L)
                .endsWith((long) ChangeRing.SIZE);
    }

    /** It is of a service before this one. */
    @Test
    void aReaderWithAFutureNumberHasLostChanges() {
        add(3);
        assertThat(recent.from(4)).isEqualTo(new ChangeBatch(List.of(), true, 3));
    }

    @Test
    void aWaiterIsCalledForEachChangeUntilItEnds() {
        int[] calls = new int[1];
        recent.setWaiter(() -> calls[0]++);
        add(2);
        assertThat(calls[0]).isEqualTo(2);

        recent.setWaiter(null);
        add(1);

        assertThat(calls[0]).isEqualTo(2);
    }

    private static Numbered numbered(int number, List<Notification> events) {
        return new Numbered(number, events.get(number), effect(number), atMs(number));
    }

    private static ChangeEffect effect(int number) {
        return EFFECTS.get(number % EFFECTS.size());
    }

    private static long atMs(int number) {
        return 1_790_000_000_000L + number;
    }

    private List<Notification> add(int many) {
        List<Notification> added = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Notification event = new Notification(
                    new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1)),
                    DeviceState.INUSE,
                    Jid.of("alice@example.net/asterisk"),
                    true);
            added.add(event);
            recent.add(event, effect(i), atMs(i));
        }
        return added;
    }
}
