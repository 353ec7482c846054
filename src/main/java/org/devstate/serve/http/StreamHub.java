// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.devstate.serve.security.Authenticator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * All open event streams. One thread writes to those that can take something, and never waits for one: what a slow reader has not taken
 * stays in the common log, so that it takes no more memory than one part under way.
 */
public final class StreamHub implements Runnable, AutoCloseable {

    static final String TYPE = "text/event-stream";

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** With more streams than this, changes are gathered for a moment, so that each write carries more of them. */
    private static final int MANY = 50;

    private static final long GATHER_MS = 25;

    private final int most;
    private final Authenticator authenticator;
    private final Duration heartbeat;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final Semaphore signal = new Semaphore(0);
    private final AtomicLong cutOff = new AtomicLong();
    private volatile boolean isClosing;

    /**
     * @param most how many streams may be open
     * @param authenticator checks again and again whether callers still have their rights
     */
    public StreamHub(int most, Authenticator authenticator) {
        this(most, authenticator, HEARTBEAT);
    }

    /**
     * The same with another pace.
     *
     * @param heartbeat how often heartbeats are sent, and rights are checked
     */
    public StreamHub(int most, Authenticator authenticator, Duration heartbeat) {
        this.most = most;
        this.authenticator = authenticator;
        this.heartbeat = heartbeat;
        this.places = new Semaphore(most);
    }

    /** How many streams are open. */
    public int count() {
        return streams.size();
    }

    /** How many streams were ended because their reader took nothing for too long. */
    public long cutOff() {
        return cutOff.get();
    }

    /** There may be something new to write. */
    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Takes a place for a stream. */
    HttpReply checked(HttpReply reply) throws Problem {
        if (!places.tryAcquire()) {
            throw Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE_503,
                            most + " event streams are open, and no more are allowed; --streams allows more")
                    .with("Retry-After", "10");
        }
        return reply;
    }

    void open(StreamReply reply, Request request, Response response, Callback callback) {
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Accel-Buffering", "no");
        streams.add(new EventStream(reply, request, response, callback, this));
        wake();
    }

    void ended(EventStream stream) {
        if (streams.remove(stream)) {
            places.release();
        }
    }

    @Override
    public void run() {
        long heartbeatAt = System.nanoTime();
        while (!isClosing) {
            try {
                boolean isNew = signal.tryAcquire(heartbeat.toMillis() / 10, TimeUnit.MILLISECONDS);
                if (isNew && streams.size() > MANY) {
                    TimeUnit.MILLISECONDS.sleep(GATHER_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            signal.drainPermits();
            boolean isDue = System.nanoTime() - heartbeatAt >= heartbeat.toNanos();
            heartbeatAt = isDue ? System.nanoTime() : heartbeatAt;
            for (EventStream stream : streams) {
                serve(stream, isDue);
            }
        }
    }

    private void serve(EventStream stream, boolean isHeartbeatDue) {
        if (isHeartbeatDue && !authenticator.isStillAdmitted(stream.caller())) {
            stream.revoke();
        }
        if (stream.isStuck()) {
            cutOff.incrementAndGet();
            stream.cut();
        } else {
            stream.advance(isHeartbeatDue);
        }
    }

    /** Ends all streams, and takes no more. */
    @Override
    public void close() {
        isClosing = true;
        places.drainPermits();
        streams.forEach(EventStream::cut);
    }
}
