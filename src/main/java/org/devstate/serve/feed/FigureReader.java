// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the tables of which the service reports no changes, every two seconds, while it is connected. Runs in one thread, until it is closed. */
public final class FigureReader implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FigureReader.class);

    private static final long PERIOD_MS = 2_000;

    private final CommandCaller caller;
    private final Feed feed;
    private final FeedFollower follower;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param follower connects again as soon as the service does not answer here */
    public FigureReader(CommandCaller caller, Feed feed, FeedFollower follower) {
        this.caller = caller;
        this.feed = feed;
        this.follower = follower;
    }

    @Override
    public void run() {
        boolean isFresh = false;
        while (!isClosing(isFresh ? PERIOD_MS : PERIOD_MS / 20)) {
            isFresh = false;
            if (feed.status().isConnected()) {
                isFresh = true;
                read();
            }
        }
    }

    private void read() {
        try {
            for (FigureKind kind : FigureKind.values()) {
                Table table = caller.call(kind.command(), Conversation.form()).table();
                if (table != null) {
                    feed.read(kind, table);
                }
            }
            feed.confirm();
        } catch (Failure e) {
            if (closing.getCount() > 0 && feed.status().isConnected()) {
                LOG.warn("No answers from the service: {}. Connecting again", e.text());
                feed.disconnect(e.text());
                follower.reconnect();
            }
        }
    }

    private boolean isClosing(long ms) {
        try {
            return closing.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
