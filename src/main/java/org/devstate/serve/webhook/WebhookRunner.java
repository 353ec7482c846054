// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.EventLog;
import org.devstate.serve.feed.EventLog.AdditionListener;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedEvent;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedEvent.FiguresRead;
import org.devstate.serve.feed.FeedEvent.MirrorRenewed;
import org.devstate.serve.webhook.PostOutcome.PostAccepted;
import org.devstate.serve.webhook.PostOutcome.PostEnded;
import org.devstate.serve.webhook.PostOutcome.PostFailed;
import org.devstate.serve.webhook.PostOutcome.PostRejected;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One webhook: one delivery at a time, in the order of the changes. A delivery that fails is sent again, with the same id, until
 * {@value #MOST_FAILURES} attempts in a row have failed. Then, or if it is rejected, or if it is out of date because of a reset, it is
 * given up; the next one is a reset. One thread calls {@link #advance} and {@link #stop}; {@link #figures} may be called by any.
 */
final class WebhookRunner {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRunner.class);

    /** How many changes a delivery has at most. */
    static final int MOST_CHANGES = 100;

    /** How many attempts in a row may fail before a delivery is given up. */
    static final int MOST_FAILURES = 10;

    /** The least time between two deliveries: changes of this time share one. */
    static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int EVENTS_AT_ONCE = 500;

    private final Webhook webhook;
    private final Feed feed;
    private final DeliverySender sender;
    private final RetryPauses pauses;
    private final InstantSource clock;
    private final ChangeQueue queue;
    private final AtomicReference<@Nullable PostOutcome> outcome = new AtomicReference<>();
    private AdditionListener listener = () -> {};
    private long place;
    private long dueNanos;
    private boolean isSending;
    private boolean isSiteKnown;
    private boolean isFullReported;
    private boolean isStopped;
    private int failures;
    private long deliveries;
    private long failedAttempts;
    private @Nullable WebhookDelivery delivery;
    private volatile WebhookFigures figures;

    /** Begins with the events that follow. */
    WebhookRunner(Webhook webhook, Feed feed, DeliverySender sender, RetryPauses pauses, InstantSource clock) {
        this.webhook = webhook;
        this.feed = feed;
        this.sender = sender;
        this.pauses = pauses;
        this.clock = clock;
        this.queue = new ChangeQueue(webhook.queueLength(), webhook.filter());
        this.place = feed.log().end();
        this.figures = new WebhookFigures(webhook.name(), 0, 0, 0, 0, false);
    }

    /** Has {@code other} called when an attempt has ended, in any thread, so that {@link #advance} follows. */
    void setListener(AdditionListener other) {
        listener = other;
    }

    String name() {
        return webhook.name();
    }

    /**
     * Takes new events and the outcome of an attempt, and begins the next attempt if it is due.
     *
     * @param nowNanos never less than before
     * @return in how many nanoseconds it must be called again, even if nothing happens
     */
    long advance(long nowNanos) {
        if (isStopped) {
            return Long.MAX_VALUE;
        }
        takeEvents();
        PostOutcome ended = outcome.getAndSet(null);
        if (ended != null) {
            isSending = false;
            settle(ended, nowNanos);
        }
        long pauseNanos = isSending || isStopped ? Long.MAX_VALUE : sendIfDue(nowNanos);
        figures = count();
        return pauseNanos;
    }

    private long sendIfDue(long nowNanos) {
        if (delivery != null && queue.isReset()) {
            giveUp(delivery);
        }
        if (delivery == null && queue.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (dueNanos > nowNanos) {
            return dueNanos - nowNanos;
        }
        WebhookDelivery next = delivery == null
                ? WebhookDelivery.of(queue.take(MOST_CHANGES), webhook.name(), clock.instant())
                : delivery;
        delivery = next;
        isSending = true;
        sender.send(webhook, next, result -> {
            outcome.set(result);
            listener.added();
        });
        return Long.MAX_VALUE;
    }

    private void takeEvents() {
        EventLog.Section section = feed.log().after(place, EVENTS_AT_ONCE);
        while (section.isLost() || !section.events().isEmpty()) {
            if (section.isLost()) {
                place = feed.log().end();
                queue.reset(feed.snapshot().next());
            } else {
                section.events().forEach(this::take);
                place = section.place();
            }
            section = feed.log().after(place, EVENTS_AT_ONCE);
        }
    }

    private void take(FeedEvent event) {
        if (event instanceof EntryChanged changed) {
            if (!queue.add(changed) && !isFullReported) {
                isFullReported = true;
                LOG.warn(
                        "Webhook {}: its queue is full, and {} changes are dropped. The next delivery has \"reset\": true, which"
                                + " asks the endpoint to read all entries",
                        name(),
                        webhook.queueLength() + 1);
            }
        } else if (event instanceof MirrorRenewed renewed) {
            queue.reset(renewed.next());
        } else if (event instanceof FiguresRead read && read.kind() == FigureKind.SITES && !isSiteKnown) {
            isSiteKnown = true;
            checkSite(read.table());
        }
    }

    private void checkSite(Table sites) {
        String site = webhook.filter().site();
        int column = sites.columns().stream().map(Column::name).toList().indexOf("site");
        boolean isThere = column < 0
                || sites.rows().stream().anyMatch(row -> row.get(column).equals(site));
        if (!site.isEmpty() && !isThere) {
            LOG.warn(
                    "Webhook {}: there is no site '{}' now, so that no change matches; devstatectl sites lists them",
                    name(),
                    site);
        }
    }

    private void settle(PostOutcome ended, long nowNanos) {
        WebhookDelivery sent = delivery;
        if (sent == null) {
            throw new IllegalStateException("nothing was sent");
        }
        if (ended instanceof PostAccepted) {
            accept(sent, nowNanos);
        } else if (ended instanceof PostFailed failed) {
            fail(failed.reason());
            if (failures >= MOST_FAILURES) {
                giveUp(sent);
            }
            dueNanos = nowNanos + pauses.nextNanos(failures, failed.leastPause());
        } else if (ended instanceof PostRejected rejected) {
            fail(rejected.reason());
            giveUp(sent);
            dueNanos = nowNanos + pauses.nextNanos(failures, Duration.ZERO);
        } else if (ended instanceof PostEnded) {
            failedAttempts++;
            LOG.warn("Webhook {}: it answered 410 (Gone) and is stopped until devstatectl serve is restarted", name());
            stop();
        }
    }

    private void accept(WebhookDelivery sent, long nowNanos) {
        if (failures > 0) {
            LOG.info(
                    "Webhook {}: accepted again. Failed attempts: {}; dropped changes: {}",
                    name(),
                    failures,
                    sent.batch().dropped());
        }
        if (sent.batch().isReset()) {
            isFullReported = false;
        }
        deliveries++;
        failures = 0;
        delivery = null;
        dueNanos = nowNanos + GATHER_NANOS;
    }

    private void fail(String reason) {
        failedAttempts++;
        failures++;
        if (failures == 1) {
            LOG.warn("Webhook {}: {}. It is tried again; there is one more line, when it is accepted", name(), reason);
        }
    }

    private void giveUp(WebhookDelivery sent) {
        queue.giveUp(sent.batch());
        delivery = null;
    }

    /** Sends nothing more. */
    void stop() {
        isStopped = true;
        if (delivery != null) {
            giveUp(delivery);
        }
        queue.reset("");
        figures = count();
    }

    private WebhookFigures count() {
        int underWay = delivery == null ? 0 : delivery.batch().changes().size();
        return new WebhookFigures(
                name(),
                deliveries,
                failedAttempts,
                queue.dropped(),
                queue.size() + underWay,
                isStopped || failures > 0);
    }

    /** The figures after the last call of {@link #advance} or {@link #stop}. */
    WebhookFigures figures() {
        return figures;
    }
}
