package org.devstate.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The first publisher publishes a state, and the next one when that has been answered and the first subscriber has received it. */
public final class OneByOne {

    private final Crowd crowd;
    private boolean answered;
    private boolean heard;
    private long left;

    public OneByOne(Crowd crowd) {
        this.crowd = crowd;
    }

    /**
     * Publishes that many states, or as many as there is time for.
     *
     * @return how many were answered and received
     */
    public long run(long count, Duration limit) {
        CountDownLatch done = new CountDownLatch(1);
        left = count;
        crowd.loop().execute(() -> {
            crowd.publishers().get(0).onAnswer(() -> {
                answered = true;
                next(done);
            });
            crowd.onHeard(device -> {
                heard = true;
                next(done);
            });
            answered = true;
            heard = true;
            left++;
            next(done);
        });
        try {
            done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return crowd.loop().ask(() -> {
            crowd.publishers().get(0).onAnswer(() -> {});
            crowd.onHeard(device -> {});
            return count - left;
        });
    }

    private void next(CountDownLatch done) {
        if (!answered || !heard) {
            return;
        }
        if (--left <= 0) {
            done.countDown();
            return;
        }
        answered = false;
        heard = false;
        try {
            Publisher publisher = crowd.publishers().get(0);
            publisher.sayNext(System.nanoTime());
            publisher.session().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
