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
import org.devstate.core.state.ChangeRing.Numbered;
import org.junit.jupiter.api.Test;

final class ChangeRingTest {

    private final ChangeRing recent = new ChangeRing();

    @Test
    void changesAreNumberedInTheirOrder() {
        List<Notification> events = add(3);
        assertThat(recent.from(0))
                .isEqualTo(new ChangeBatch(
                        List.of(
                                new Numbered(0, events.get(0)),
                                new Numbered(1, events.get(1)),
                                new Numbered(2, events.get(2))),
                        false,
                        3));
        assertThat(recent.from(2)).isEqualTo(new ChangeBatch(List.of(new Numbered(2, events.get(2))), false, 3));
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

    private List<Notification> add(int many) {
        List<Notification> added = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Notification event = new Notification(
                    new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1)),
                    DeviceState.INUSE,
                    Jid.of("alice@example.net/asterisk"),
                    true);
            added.add(event);
            recent.add(event);
        }
        return added;
    }
}
