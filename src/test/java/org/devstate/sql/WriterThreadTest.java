// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WriterThreadTest {

    private static final long LONG_MS = 30_000;

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final WriterThread thread = new WriterThread();

    @Test
    void theLastTaskRunsInTheSameThreadAfterTheRunningOne() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        thread.schedule(
                () -> {
                    begun.countDown();
                    awaitIt(go);
                    done.add("first " + Thread.currentThread().getName());
                },
                0);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        go.countDown();

        assertThat(thread.finish(() -> done.add("last " + Thread.currentThread().getName()), LONG_MS))
                .isTrue();
        assertThat(done).containsExactly("first devstate-store", "last devstate-store");
    }

    @Test
    void aLateTaskIsIgnored() {
        thread.schedule(() -> done.add("later"), LONG_MS);

        assertThat(thread.finish(() -> true, LONG_MS)).isTrue();
        thread.schedule(() -> done.add("too late"), 0);
        assertThat(thread.finish(() -> true, LONG_MS)).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void theEndDoesNotWaitForASilentStore() {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(thread.finish(
                        () -> {
                            awaitIt(never);
                            return true;
                        },
                        50))
                .isFalse();
        never.countDown();
    }

    @Test
    void aFailedOrUnfinishedLastTaskIsReported() {
        assertThat(new WriterThread().finish(() -> false, LONG_MS)).isFalse();
        assertThat(thread.finish(
                        () -> {
                            throw new IllegalStateException("a driver's whim");
                        },
                        LONG_MS))
                .isFalse();
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
