// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ConversationOpener;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the service over one connection: the service holds each request for changes back until there are some. After a break it
 * connects again, and goes on from the place that it has. Runs in one thread, until it is closed.
 */
public final class FeedFollower implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);

    /** How long the service may hold back an answer, in seconds. */
    private static final int WAIT_S = 15;

    /** How many changes or entries an answer may have: the most that the service allows. */
    private static final int MAX = 1_000;

    /** The pause before each attempt after the first one, and from the last of them on, in milliseconds. */
    private static final long[] PAUSES_MS = {0, 500, 1_000, 2_000, 5_000};

    /** The least time between two answers without changes, if the service does not hold them back, in milliseconds. */
    private static final long LEAST_MS = 1_000;

    private final ConversationOpener opener;
    private final Feed feed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Conversation current;
    private volatile @Nullable Thread thread;

    public FeedFollower(ConversationOpener opener, Feed feed) {
        this.opener = opener;
        this.feed = feed;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        int attempt = 0;
        while (!isClosing(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)])) {
            boolean wasConnected = feed.status().isConnected();
            String reason = followUntilItEnds();
            boolean isInterrupted = Thread.interrupted(); // by reconnect, whose caller has given its own reason
            attempt = feed.status().isConnected() && !wasConnected ? 0 : attempt + 1;
            if (isInterrupted && !feed.status().isConnected()) {
                continue;
            }
            boolean isNew = !feed.status().reason().equals(reason);
            feed.disconnect(reason);
            if (isNew && closing.getCount() > 0) {
                LOG.warn("No changes from {}: {}. Retrying", opener.service(), reason);
            }
        }
    }

    /** Returns why it has ended. */
    private String followUntilItEnds() {
        try (Conversation conversation = opener.open()) {
            current = conversation;
            follow(conversation);
            return "ended";
        } catch (Failure e) {
            return e.text();
        } catch (IllegalArgumentException e) { // an answer of another release
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Following {} failed", opener.service(), e);
            return String.valueOf(e);
        } finally {
            current = null;
        }
    }

    private void follow(Conversation conversation) throws Failure {
        if (!feed.mirror().isCaughtUp()) {
            begin(conversation);
        }
        boolean wait = false;
        while (closing.getCount() > 0) {
            boolean wasConnected = feed.status().isConnected();
            long began = System.nanoTime();
            ChangePage page = changes(
                    conversation,
                    mirrored().with("since", feed.mirror().since()).with("wait", wait ? String.valueOf(WAIT_S) : "0"));
            if (feed.apply(page)) {
                LOG.info("{} has lost changes or has been restarted: all entries are read anew", opener.service());
                begin(conversation);
                wait = false;
                continue;
            }
            if (!wasConnected && feed.status().isConnected()) {
                LOG.info(
                        "Following {}: {} entries",
                        opener.service(),
                        feed.snapshot().entries().size());
            }
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            if (wait && page.changes().isEmpty() && tookMs < LEAST_MS && isClosing(LEAST_MS - tookMs)) {
                return;
            }
            wait = page.isLast() && feed.mirror().isCaughtUp();
        }
    }

    private void begin(Conversation conversation) throws Failure {
        feed.mirror().begin(changes(conversation, mirrored()).next());
        FilledForm form = Conversation.form().with("max", String.valueOf(MAX));
        Result part = conversation.run("devstate-entries", form);
        feed.mirror().read(MirroredEntry.of(part));
        for (String next = next(part); !next.isEmpty(); next = next(part)) {
            part = conversation.run("devstate-entries", form.with("after", next));
            feed.mirror().read(MirroredEntry.of(part));
        }
    }

    private static String next(Result part) {
        return part.field("next").text();
    }

    private static FilledForm mirrored() {
        return Conversation.form().with("mirror", "true").with("max", String.valueOf(MAX));
    }

    private static ChangePage changes(Conversation conversation, FilledForm form) throws Failure {
        return ChangePage.of(conversation.run("devstate-changes", form), MAX);
    }

    /** Waits, or until it is to connect again; returns whether it is to end. */
    private boolean isClosing(long ms) {
        try {
            return closing.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return closing.getCount() == 0;
        }
    }

    /** Ends the connection, so that it is made anew. A request that is held back would not notice that by itself. */
    void reconnect() {
        Conversation open = current;
        if (open != null) {
            open.close();
        }
        Thread waiting = thread;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        reconnect();
    }
}
