// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.serve.feed.FeedFixture.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.FeedEvent.MirrorRenewed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers at their own pace, and clients that resume. */
final class EventLogTest {

    private static final int CAPACITY = 10;

    private final EventLog log = new EventLog(CAPACITY);

    private static EntryChanged change(long number) {
        return new EntryChanged(
                "7-" + (number + 1),
                new EntryChange(number, EntryChange.Effect.STORED, entry("SIP/" + number, "INUSE")));
    }

    private void changes(long from, long to) {
        log.append(LongStream.range(from, to).mapToObj(EventLogTest::change).toList());
    }

    private List<Long> numbersAfter(long place) {
        return log.after(place, 100).events().stream()
                .filter(EntryChanged.class::isInstance)
                .map(event -> ((EntryChanged) event).change().number())
                .toList();
    }

    private List<Long> numbersSince(String next, String current) {
        Long place = log.placeOf(next, current);
        assertThat(place).as("the place of %s", next).isNotNull();
        return place == null ? List.of() : numbersAfter(place);
    }

    @Test
    void aReaderGetsEachEventOnceInOrder() {
        List<Long> got = new ArrayList<>();
        long place = log.end();
        for (int i = 0; i < 20; i += 4) {
            changes(i, i + 4);
            for (int half = 0; half < 2; half++) {
                EventLog.Section section = log.after(place, 2);
                section.events()
                        .forEach(
                                event -> got.add(((EntryChanged) event).change().number()));
                place = section.place();
            }
        }
        assertThat(got)
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void aReaderThatIsTooSlowIsInformed() {
        long place = log.end();
        changes(0, CAPACITY);
        assertThat(log.after(place, 100).isLost()).isFalse();
        changes(CAPACITY, CAPACITY + 1);
        assertThat(log.after(place, 100).isLost()).isTrue();
    }

    @Test
    void aClientResumesAfterTheLastChangeThatItGot() {
        log.append(List.of(new MirrorRenewed("7-3")));
        changes(3, 8);
        assertThat(numbersSince("7-6", "7-8")).containsExactly(6L, 7L);
        assertThat(numbersSince("7-3", "7-8")).containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(numbersSince("7-8", "7-8")).isEmpty();
    }

    @Test
    void changesThatArePickedUpBetweenStateAndStreamAreNotMissed() {
        log.append(List.of(new MirrorRenewed("7-0")));
        changes(0, 2);
        Long place = log.placeOf("7-3", "7-3"); // the copy has change 2 already, and the log has not
        changes(2, 4);
        assertThat(place).isNotNull();
        assertThat(numbersAfter(place == null ? 0 : place)).contains(3L);
    }

    /** Of another run, invalid, of the future, and before the copy was read anew. */
    @ParameterizedTest
    @ValueSource(strings = {"6-5", "71-5", "", "7", "7-x", "-", "7-99", "7-2"})
    void aClientFromElsewhereBeginsAnew(String next) {
        log.append(List.of(new MirrorRenewed("7-3")));
        changes(3, 8);
        assertThat(log.placeOf(next, "7-8")).isNull();
    }

    @Test
    void aClientBeginsAnewIfChangesAreForgotten() {
        log.append(List.of(new MirrorRenewed("7-0")));
        changes(0, 2 * CAPACITY);
        String current = "7-" + 2 * CAPACITY;
        assertThat(log.placeOf("7-" + (CAPACITY - 1), current)).isNull();
        assertThat(numbersSince("7-" + CAPACITY, current)).hasSize(CAPACITY);
    }

    @Test
    void listenersAreCalledForAdditionsOnly() {
        List<Long> ends = new ArrayList<>();
        log.setListener(() -> ends.add(log.end()));
        log.append(List.of());
        changes(0, 2);
        assertThat(ends).containsExactly(2L);
    }
}
