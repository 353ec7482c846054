// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thread that serves all sessions. Classes of this package that are not thread-safe belong to it. */
public final class EventLoop implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Is called, on the loop's thread, when its channel is ready. */
    interface Ready {
        void ready(SelectionKey key) throws IOException;

        /** It failed, or its channel did. */
        void failed(Exception cause);
    }

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ErrorLog failures = new ErrorLog();
    private volatile boolean closed;

    public EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, "load");
        thread.setDaemon(true);
        thread.start();
    }

    /** Has {@code handler} called whenever that channel is ready for it. */
    SelectionKey register(SelectableChannel channel, int operations, Ready handler) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, handler);
    }

    /** Has something done on the loop's thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Has something looked up on the loop's thread, and waits for it. */
    public <T extends @Nullable Object> T ask(Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        execute(task);
        try {
            return task.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (Exception e) {
            throw new IllegalStateException("the generator failed: " + e.getMessage(), e);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(EventLoop::serve, 1_000);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    attempt(task);
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            closed = true; // a later task would wait in vain, and fails instead
        }
    }

    /** A task that fails must not stop the others; a caller that waits for it gets its exception. */
    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }

    /** The errors on its thread that no caller waited for. */
    public ErrorLog failures() {
        return failures;
    }

    private static void serve(SelectionKey key) {
        Ready handler = (Ready) key.attachment();
        try {
            handler.ready(key);
        } catch (CancelledKeyException e) {
            // closed by an earlier task
        } catch (IOException | RuntimeException e) {
            handler.failed(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(TIMEOUT.toMillis());
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
