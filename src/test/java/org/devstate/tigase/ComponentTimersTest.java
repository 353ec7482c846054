// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ComponentTimersTest {

    private final ManualScheduler tigase = new ManualScheduler(new ManualClock());
    private final ComponentTimers timers = new ComponentTimers(tigase);
    private int runs;

    @Test
    void aScheduledTaskRunsInItsTime() {
        timers.begin();
        timers.schedule(this::run, 10);
        tigase.advance(9);
        assertThat(runs).isZero();
        tigase.advance(1);
        assertThat(runs).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 1_000})
    void eachOfManyTasksRunsOnceBeforeTheCallReturns(int count) {
        AtomicIntegerArray times = new AtomicIntegerArray(count);
        timers.runEach(IntStream.range(0, count)
                .mapToObj(i -> (Runnable) () -> times.incrementAndGet(i))
                .toList());
        for (int i = 0; i < count; i++) {
            assertThat(times.get(i)).isOne();
        }
    }

    @Test
    void aRepeatedTaskEndsWithTheComponent() {
        timers.begin();
        timers.schedule(this::runAgain, 10);
        tigase.advance(30);
        timers.end();
        tigase.runAll();
        assertThat(runs).isEqualTo(3);
        assertThat(tigase.pending()).isZero();
    }

    @Test
    void noTaskIsScheduledWhileTheComponentDoesNotRun() {
        timers.schedule(this::run, 10);
        timers.begin();
        timers.end();
        timers.schedule(this::run, 10);
        assertThat(tigase.pending()).isZero();
    }

    @Test
    void aTaskFromBeforeAStopDoesNothingAfterTheNextStart() {
        timers.begin();
        timers.schedule(this::run, 10);
        timers.end();
        timers.begin();
        tigase.runAll();
        assertThat(runs).isZero();
        timers.schedule(this::run, 10);
        tigase.runAll();
        assertThat(runs).isEqualTo(1);
    }

    private void run() {
        runs++;
    }

    private void runAgain() {
        run();
        timers.schedule(this::runAgain, 10);
    }
}
