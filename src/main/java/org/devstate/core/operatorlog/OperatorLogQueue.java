// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import java.util.ArrayDeque;
import java.util.Deque;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.OperatorLog;
import org.devstate.core.spi.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to the log. They may be added with locks held; the scheduler hands them over, in order. Of more than
 * {@value #MOST} a minute, the rest is counted, and summed up in one line. Thread-safe.
 */
public final class OperatorLogQueue {

    /** How many lines a minute are handed over: a restart of the server with hundreds of Asterisk servers has as many. */
    static final int MOST = 1_000;

    static final long MINUTE_MS = 60_000;
    private static final long NANOS_A_MINUTE = MINUTE_MS * 1_000_000;

    private enum LineKind {
        EVENT,
        FAULT,
        REJECTION
    }

    private record Line(LineKind kind, String text) {}

    private final String service;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Deque<Line> waiting = new ArrayDeque<>();
    private volatile OperatorLog log = OperatorLog.NONE;
    private boolean draining;
    private long minute;
    private int inMinute;
    private long leftOut;

    /** @param service the address that every line begins with */
    public OperatorLogQueue(Jid service, Clock clock, Scheduler scheduler) {
        this.service = service.toString();
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Hands the lines over there from now on. */
    public void sendTo(OperatorLog log) {
        this.log = log;
    }

    /** Whether there is a log that takes them. */
    boolean hasLog() {
        return log != OperatorLog.NONE;
    }

    /** Adds a line about a site. */
    void happened(String text) {
        add(new Line(LineKind.EVENT, service + ": " + text));
    }

    /** Adds a line about a fault that an administrator must repair. */
    void warned(String text) {
        add(new Line(LineKind.FAULT, service + ": " + text));
    }

    /** Adds a line about a rejection. */
    void rejected(String text) {
        add(new Line(LineKind.REJECTION, service + ": " + text));
    }

    private void add(Line line) {
        if (hasLog() && isFirst(line)) {
            scheduler.schedule(this::drain, 0);
        }
    }

    /** Whether the line is to be handed over, and no thread does so yet. */
    private synchronized boolean isFirst(Line line) {
        long now = clock.monotonicNanos() / NANOS_A_MINUTE;
        if (now != minute) {
            minute = now;
            inMinute = 0;
        }
        if (inMinute == MOST) {
            if (leftOut++ == 0) {
                scheduler.schedule(this::sumUp, MINUTE_MS);
            }
            return false;
        }
        inMinute++;
        waiting.add(line);
        boolean first = !draining;
        draining = true;
        return first;
    }

    private void drain() {
        for (Line line = next(); line != null; line = next()) {
            handOver(line);
        }
    }

    private synchronized @Nullable Line next() {
        draining = !waiting.isEmpty();
        return waiting.poll();
    }

    private void handOver(Line line) {
        switch (line.kind) {
            case EVENT -> log.happened(line.text);
            case FAULT -> log.warned(line.text);
            case REJECTION -> log.rejected(line.text);
        }
    }

    private void sumUp() {
        long count;
        synchronized (this) {
            count = leftOut;
            leftOut = 0;
        }
        happened("\u2026and " + count + " more lines were omitted");
    }
}
