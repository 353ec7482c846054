// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for a server, for a minute and no longer. Stateless. */
final class Deadline {

    private static final int SECONDS = 60;

    private Deadline() {}

    /** All of them in the time that one may take. */
    static <T> List<T> awaitAll(List<CompletableFuture<T>> futures, String what) {
        await(CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)), what);
        return futures.stream().map(CompletableFuture::join).toList();
    }

    /**
     * Returns the result.
     *
     * @throws IllegalStateException if there is none, or an error; the message has {@code what}
     */
    static <T extends @Nullable Object> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not within " + SECONDS + " s: " + what, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
