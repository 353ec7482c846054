// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The first publisher publishes a state, and the next one when that has been answered and the first subscriber has received it. */
public final class OneByOne {

    private final ClientGroup group;
    private boolean answered;
    private boolean received;
    private long left;

    public OneByOne(ClientGroup group) {
        this.group = group;
    }

    /**
     * Publishes that many states, or as many as there is time for.
     *
     * @return how many were answered and received
     */
    public long run(long count, Duration limit) {
        CountDownLatch done = new CountDownLatch(1);
        left = count;
        group.loop().execute(() -> {
            group.publishers().get(0).onAnswer(() -> {
                answered = true;
                next(done);
            });
            group.onReceived(device -> {
                received = true;
                next(done);
            });
            answered = true;
            received = true;
            left++;
            next(done);
        });
        try {
            done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return group.loop().ask(() -> {
            group.publishers().get(0).onAnswer(() -> {});
            group.onReceived(device -> {});
            return count - left;
        });
    }

    private void next(CountDownLatch done) {
        if (!answered || !received) {
            return;
        }
        if (--left <= 0) {
            done.countDown();
            return;
        }
        answered = false;
        received = false;
        try {
            Publisher publisher = group.publishers().get(0);
            publisher.publishNext(System.nanoTime());
            publisher.session().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
