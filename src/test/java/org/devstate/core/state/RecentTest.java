package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;
import org.junit.jupiter.api.Test;

final class RecentTest {

    private static final Event EVENT = new Event(
            new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1)),
            DeviceState.INUSE,
            Jid.of("alice@example.net/asterisk"),
            true);

    private final Recent recent = new Recent();

    @Test
    void asManyAsItKeepsAreAllThere() {
        add(Recent.SIZE);
        Recent.Part part = recent.from(0);
        assertThat(part.lost()).isFalse();
        assertThat(part.next()).isEqualTo(Recent.SIZE);
        assertThat(part.changes()).hasSize(Recent.SIZE);
        assertThat(part.changes().get(0)).isEqualTo(new Recent.Numbered(0, EVENT));
    }

    @Test
    void withOneMoreTheFirstIsLost() {
        add(Recent.SIZE + 1);
        Recent.Part part = recent.from(0);
        assertThat(part.lost()).isTrue();
        assertThat(part.changes()).hasSize(Recent.SIZE);
        assertThat(part.changes().get(0).number()).isEqualTo(1);
        assertThat(recent.from(1).lost()).isFalse();
    }

    @Test
    void atItsEndNothingIsLostAndNothingThere() {
        assertThat(recent.from(0).lost()).isFalse();
        add(2);
        assertThat(recent.from(2).changes()).isEmpty();
        assertThat(recent.from(2).lost()).isFalse();
        assertThat(recent.from(1).changes()).containsExactly(new Recent.Numbered(1, EVENT));
    }

    @Test
    void aNumberThatWasNeverGivenIsOfAnotherLife() {
        add(2);
        assertThat(recent.from(3).lost()).isTrue();
        assertThat(recent.from(3).next()).isEqualTo(2);
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            recent.add(EVENT);
        }
    }
}
