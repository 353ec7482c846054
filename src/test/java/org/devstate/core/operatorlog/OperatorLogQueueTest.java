// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.devstate.core.model.Jid;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.junit.jupiter.api.Test;

final class OperatorLogQueueTest {

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final OperatorLogQueue queue = new OperatorLogQueue(Jid.of("pubsub.example.net"), clock, scheduler);

    @Test
    void linesAreHandedOverInOrderByTheScheduler() {
        queue.sendTo(log);
        queue.happened("one");
        queue.rejected("two");
        queue.happened("three");
        assertThat(log.happened()).as("not on the caller's thread").isEmpty();

        scheduler.advance(0);
        assertThat(log.happened()).containsExactly("pubsub.example.net: one", "pubsub.example.net: three");
        assertThat(log.rejected()).containsExactly("pubsub.example.net: two");

        queue.happened("four");
        scheduler.advance(0);
        assertThat(log.happened()).containsExactly("pubsub.example.net: four");
    }

    @Test
    void linesOfAMinuteAreLimitedAndTheRestIsCounted() {
        queue.sendTo(log);
        IntStream.range(0, 50_000).forEach(i -> queue.happened("line " + i));
        assertThat(scheduler.pending()).as("one task hands over, one sums up").isEqualTo(2);
        scheduler.advance(0);
        assertThat(log.happened())
                .hasSize(OperatorLogQueue.MOST)
                .last()
                .asString()
                .endsWith("line 999");

        scheduler.advance(OperatorLogQueue.MINUTE_MS);
        assertThat(log.happened()).containsExactly("pubsub.example.net: \u2026and 49000 more lines were omitted");
        queue.happened("after it");
        scheduler.advance(0);
        assertThat(log.happened()).containsExactly("pubsub.example.net: after it");
    }

    @Test
    void withoutALogNoLineIsQueued() {
        queue.happened("one");
        assertThat(scheduler.pending()).isZero();
        queue.sendTo(log);
        scheduler.runAll();
        assertThat(log.happened()).isEmpty();
    }

    @Test
    void laterLinesOfTheSameMinuteCountToo() {
        queue.sendTo(log);
        IntStream.range(0, OperatorLogQueue.MOST).forEach(i -> queue.happened("line " + i));
        scheduler.advance(OperatorLogQueue.MINUTE_MS - 1);
        queue.happened("left out");
        scheduler.advance(1);
        queue.happened("of the next minute");
        scheduler.advance(0);
        assertThat(log.happened())
                .hasSize(OperatorLogQueue.MOST + 1)
                .last()
                .isEqualTo("pubsub.example.net: of the next minute");
    }
}
