// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.devstate.serve.feed.FeedFixture.entry;

import java.util.List;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.MirroredEntry;
import org.junit.jupiter.api.Test;

final class ChangeQueueTest {

    private static final EntrySelector ALL = EntrySelector.ALL;

    private long number;

    private EntryChanged changed(Effect effect, MirroredEntry entry) {
        long own = number++;
        return new EntryChanged("7-" + (own + 1), new EntryChange(own, effect, entry));
    }

    private boolean store(ChangeQueue queue, String id, String value) {
        return queue.add(changed(Effect.STORED, entry(id, value)));
    }

    private static List<String> texts(DeliveryContent batch) {
        return batch.changes().stream()
                .map(change -> change.entry().id() + "=" + change.entry().value())
                .toList();
    }

    @Test
    void theLatestValueOfAnEntryIsSentInItsOwnOrder() {
        ChangeQueue queue = new ChangeQueue(10, ALL);
        store(queue, "SIP/1", "RINGING");
        store(queue, "SIP/2", "BUSY");
        store(queue, "SIP/1", "INUSE");
        DeliveryContent batch = queue.take(10);
        assertThat(texts(batch)).containsExactly("SIP/2=BUSY", "SIP/1=INUSE");
        assertThat(batch.place()).isEqualTo("7-3");
        assertThat(batch.isReset()).isFalse();
        assertThat(batch.dropped()).isZero();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aValueThatWasOnlyDeliveredDoesNotReplaceTheStoredOne() {
        ChangeQueue queue = new ChangeQueue(10, ALL);
        store(queue, "SIP/1", "INUSE");
        queue.add(changed(Effect.DELIVERED, entry("SIP/1", "RINGING")));
        queue.add(changed(Effect.DELIVERED, entry("SIP/1", "BUSY")));
        assertThat(texts(queue.take(10))).containsExactly("SIP/1=INUSE", "SIP/1=BUSY");

        queue.add(changed(Effect.DELIVERED, entry("SIP/1", "RINGING")));
        queue.add(changed(Effect.REMOVED, entry("SIP/1", "UNAVAILABLE")));
        assertThat(texts(queue.take(10))).containsExactly("SIP/1=UNAVAILABLE");
    }

    @Test
    void aValueThatDoesNotHoldAnyMoreIsNotSentEvenIfTheFilterDoesNotWantTheNewOne() {
        ChangeQueue queue = new ChangeQueue(10, EntrySelector.of("paris", null, null, "RING*"));
        store(queue, "SIP/1", "RINGING");
        store(queue, "SIP/2", "RINGING");
        queue.add(changed(Effect.STORED, entry("SIP/3", "RINGING", "berlin")));
        store(queue, "SIP/1", "INUSE");
        assertThat(texts(queue.take(10))).containsExactly("SIP/2=RINGING");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void theQueueHoldsAsManyChangesAsItsCapacityAndDropsAllIfThereIsOneMore() {
        ChangeQueue queue = new ChangeQueue(2, ALL);
        assertThat(store(queue, "SIP/1", "BUSY")).isTrue();
        assertThat(store(queue, "SIP/2", "BUSY")).isTrue();
        assertThat(store(queue, "SIP/1", "INUSE")).isTrue();
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.isReset()).isFalse();

        assertThat(store(queue, "SIP/3", "BUSY")).isFalse();
        assertThat(queue.size()).isZero();
        assertThat(queue.dropped()).isEqualTo(3);
        assertThat(store(queue, "SIP/4", "BUSY")).isTrue();

        DeliveryContent batch = queue.take(10);
        assertThat(texts(batch)).containsExactly("SIP/4=BUSY");
        assertThat(batch.isReset()).isTrue();
        assertThat(batch.dropped()).isEqualTo(3);
        assertThat(queue.take(10).isReset()).isFalse();
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void aChangeThatTheFilterDoesNotWantTakesNoRoom() {
        ChangeQueue queue = new ChangeQueue(1, EntrySelector.of(null, null, "SIP/*", null));
        store(queue, "SIP/1", "BUSY");
        assertThat(store(queue, "PJSIP/1", "BUSY")).isTrue();
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aBatchHasItsMostAndThePlaceAfterIt() {
        ChangeQueue queue = new ChangeQueue(10, EntrySelector.of(null, null, "SIP/*", null));
        store(queue, "SIP/1", "BUSY");
        store(queue, "SIP/2", "BUSY");
        store(queue, "SIP/3", "BUSY");
        store(queue, "PJSIP/1", "BUSY");
        DeliveryContent first = queue.take(2);
        assertThat(texts(first)).containsExactly("SIP/1=BUSY", "SIP/2=BUSY");
        assertThat(first.place()).isEqualTo("7-2");
        DeliveryContent last = queue.take(2);
        assertThat(texts(last)).containsExactly("SIP/3=BUSY");
        assertThat(last.place()).isEqualTo("7-4");
    }

    @Test
    void aResetDropsWhatWaits() {
        ChangeQueue queue = new ChangeQueue(10, ALL);
        store(queue, "SIP/1", "BUSY");
        queue.reset("8-5");
        assertThat(queue.isEmpty()).isFalse();
        DeliveryContent batch = queue.take(10);
        assertThat(batch).isEqualTo(new DeliveryContent("8-5", true, 1, List.of()));
    }

    @Test
    void aBatchThatIsGivenUpIsCountedInTheNextOne() {
        ChangeQueue queue = new ChangeQueue(1, ALL);
        store(queue, "SIP/1", "BUSY");
        store(queue, "SIP/2", "BUSY");
        store(queue, "SIP/3", "BUSY");
        DeliveryContent batch = queue.take(10);
        store(queue, "SIP/4", "BUSY");
        queue.giveUp(batch);
        DeliveryContent next = queue.take(10);
        assertThat(next.isReset()).isTrue();
        assertThat(next.dropped()).isEqualTo(3);
        assertThat(texts(next)).containsExactly("SIP/4=BUSY");
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void theCapacityIsAtLeastOne() {
        assertThatThrownBy(() -> new ChangeQueue(0, ALL)).hasMessageContaining("capacity");
    }
}
