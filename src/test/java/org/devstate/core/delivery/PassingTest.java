package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.delivery.Events.passing;

import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Event;
import org.junit.jupiter.api.Test;

final class PassingTest {

    private final Passing passing = new Passing();
    private final Event first = passing("a");
    private final Event second = passing("a");
    private final Event other = passing("b");

    @Test
    void aKeyIsAmongThemUntilTheLastOfItsEventsIsOut() {
        passing.add(first);
        passing.add(second);
        passing.add(second);
        passing.remove(first);
        passing.remove(first);
        assertThat(passing.has(second.key())).isTrue();
        assertThat(passing.size()).isOne();
        passing.remove(second);
        assertThat(passing.has(second.key())).isFalse();
        assertThat(passing.size()).isZero();
    }

    @Test
    void theOldestIsTheOneThatCameFirst() {
        passing.add(other);
        passing.add(first);
        assertThat(passing.removeOldest()).isSameAs(other);
        assertThat(passing.has(other.key())).isFalse();
        assertThat(passing.has(first.key())).isTrue();
        assertThat(passing.removeOldest()).isSameAs(first);
        assertThat(passing.size()).isZero();
    }

    @Test
    void whatIsForgottenIsOfOneNode() {
        ItemKey key = new ItemKey(
                NodeType.MESSAGE_WAITING, first.key().id(), first.key().eid());
        Event mailbox = new Event(key, new MailboxCounts(1, 0), first.publisher(), false);
        passing.add(first);
        passing.add(mailbox);
        passing.forget(NodeType.DEVICE_STATE);
        assertThat(passing.has(first.key())).isFalse();
        assertThat(passing.has(key)).isTrue();
        assertThat(passing.size()).isOne();
        assertThat(passing.removeOldest()).isSameAs(mailbox);
    }
}
