// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.devstate.serve.security.Caller;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One event stream. At most one part is under way; the next is made when the client has taken it. The thread of the hub makes parts, and
 * threads of the server report their end.
 */
final class EventStream {

    /** About how many bytes a part has at most. */
    private static final int PART = 64 * 1024;

    /** How long a client may take for a part before it is cut off, in seconds. */
    private static final long MOST_S = 20;

    private final StreamReply reply;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final StreamHub hub;
    private final AtomicBoolean isWriting = new AtomicBoolean();
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private volatile long beganNanos;
    private volatile boolean isRevoked;

    EventStream(StreamReply reply, Request request, Response response, Callback callback, StreamHub hub) {
        this.reply = reply;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.hub = hub;
    }

    Caller caller() {
        return reply.caller();
    }

    /** Whether the client takes nothing. */
    boolean isStuck() {
        return isWriting.get() && System.nanoTime() - beganNanos > TimeUnit.SECONDS.toNanos(MOST_S);
    }

    /** Sends the next part if the client has taken the last one, and there is something to send. */
    void advance(boolean isHeartbeatDue) {
        if (isEnded.get() || !isWriting.compareAndSet(false, true)) {
            return;
        }
        if (isRevoked) {
            finish();
            return;
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        boolean isMore = reply.source().write(part, PART);
        if (part.size() == 0 && isHeartbeatDue) {
            reply.source().writeHeartbeat(part);
        }
        if (part.size() == 0) {
            isWriting.set(false);
            return;
        }
        beganNanos = System.nanoTime();
        response.write(
                false,
                ByteBuffer.wrap(part.toByteArray()),
                Callback.from(
                        () -> {
                            isWriting.set(false);
                            if (isMore) {
                                hub.wake();
                            }
                        },
                        this::fail));
    }

    private void fail(Throwable cause) {
        if (isEnded.compareAndSet(false, true)) {
            hub.ended(this);
            callback.failed(cause);
        }
    }

    /** Sends nothing more, because the rights of its caller have changed, but that the client must begin anew. */
    void revoke() {
        isRevoked = true;
    }

    private void finish() {
        if (isEnded.compareAndSet(false, true)) {
            ByteArrayOutputStream end = new ByteArrayOutputStream();
            reply.source().writeReset(end);
            hub.ended(this);
            response.write(true, ByteBuffer.wrap(end.toByteArray()), callback);
        }
    }

    /** Ends it at once. */
    void cut() {
        IOException cause = new IOException("the event stream was cut off");
        request.getConnectionMetaData().getConnection().getEndPoint().close(cause);
        fail(cause);
    }
}
