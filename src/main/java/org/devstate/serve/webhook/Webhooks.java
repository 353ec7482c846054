// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.feed.Feed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All webhooks. Runs in one thread, until it is closed. It never waits for an endpoint, and what an endpoint has not taken is stored in
 * its own queue alone, so that none delays another.
 */
public final class Webhooks implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final List<WebhookRunner> runners;
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean isClosing;

    Webhooks(List<WebhookRunner> runners) {
        this.runners = List.copyOf(runners);
        runners.forEach(runner -> runner.setListener(this::wake));
    }

    /**
     * Those of a file. They begin with the events that follow.
     *
     * @param file the webhooks file; {@code null} for no webhooks
     * @throws Failure if it cannot be read, others may read it, or it has errors
     */
    public static Webhooks of(@Nullable Path file, Feed feed, InstantSource clock) throws Failure {
        if (file == null) {
            return new Webhooks(List.of());
        }
        RetryPauses pauses = new RetryPauses(new SecureRandom());
        WebhookSender sender = new WebhookSender(WebhookSender.client().build(), TIMEOUT, clock);
        return new Webhooks(WebhooksFile.read(file).stream()
                .map(webhook -> new WebhookRunner(webhook, feed, sender, pauses, clock))
                .toList());
    }

    /** The figures of each, in the order of the file. */
    public List<WebhookFigures> figures() {
        return runners.stream().map(WebhookRunner::figures).toList();
    }

    /** There may be something new to send. */
    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        while (!isClosing && !runners.isEmpty()) {
            long pauseNanos = Long.MAX_VALUE;
            for (WebhookRunner runner : runners) {
                pauseNanos = Math.min(pauseNanos, advance(runner, System.nanoTime() - began));
            }
            try {
                boolean isNew = signal.tryAcquire(pauseNanos, TimeUnit.NANOSECONDS);
                if (isNew) {
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static long advance(WebhookRunner runner, long nowNanos) {
        try {
            return runner.advance(nowNanos);
        } catch (RuntimeException e) { // the others go on
            LOG.error("Webhook {} is stopped until devstatectl serve is restarted", runner.name(), e);
            runner.stop();
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void close() {
        isClosing = true;
        wake();
    }
}
