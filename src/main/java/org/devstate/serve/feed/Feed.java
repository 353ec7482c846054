// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.EntryMirror.TableCopy;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedEvent.FiguresRead;
import org.devstate.serve.feed.FeedEvent.MirrorRenewed;
import org.devstate.serve.feed.FeedEvent.RejectionSeen;
import org.devstate.serve.feed.FeedEvent.StatusChanged;

/**
 * All that is known of the service: the copy of its table, the tables that are read again and again, whether all that is up to date, and
 * the log of what happens. Thread-safe: {@link FeedFollower} and {@link FigureReader} write, any number read.
 */
public final class Feed {

    /** How many events a client may be behind before it must begin anew. */
    private static final int LOG_CAPACITY = 20_000;

    /** How many changes the state shows. */
    private static final int RECENT = 50;

    private static final Table NO_TABLE = new Table(List.of(), List.of());

    private final InstantSource clock;
    private final EntryMirror mirror = new EntryMirror();
    private final EventLog log = new EventLog(LOG_CAPACITY);
    private final Deque<EntryChange> recent = new ArrayDeque<>();
    private final Map<FigureKind, Table> figures = new EnumMap<>(FigureKind.class);
    private FeedStatus status;

    public Feed(InstantSource clock) {
        this.clock = clock;
        this.status = new FeedStatus(false, clock.instant(), Instant.EPOCH, "not yet connected to the service");
    }

    /** The log of events. */
    public EventLog log() {
        return log;
    }

    /** The copy of the table as it is now. */
    public TableCopy snapshot() {
        return mirror.snapshot();
    }

    /** Whether there is a copy of the table, up to date or not. */
    public boolean isComplete() {
        return !mirror.snapshot().next().isEmpty();
    }

    /** Whether the copy follows the service. */
    public synchronized FeedStatus status() {
        return status;
    }

    /** The latest changes, the oldest first. */
    public synchronized List<EntryChange> recent() {
        return List.copyOf(recent);
    }

    /** A table as it was read last; without columns if it never was. */
    public synchronized Table figures(FigureKind kind) {
        return figures.getOrDefault(kind, NO_TABLE);
    }

    EntryMirror mirror() {
        return mirror;
    }

    /** Takes an answer with changes; returns whether the mirror must begin anew. */
    synchronized boolean apply(ChangePage page) {
        EntryMirror.Update update = mirror.apply(page);
        List<FeedEvent> events = new ArrayList<>();
        switch (update.outcome()) {
            case LOST -> {
                return true;
            }
            case READING -> {}
            case RENEWED -> {
                recent.clear();
                events.add(new MirrorRenewed(page.next()));
                connect(events);
            }
            case CHANGED -> {
                connect(events);
                String run = page.next().substring(0, page.next().indexOf('-') + 1);
                for (EntryChange change : update.changes()) {
                    events.add(new EntryChanged(run + (change.number() + 1), change));
                    recent.addLast(change);
                }
                while (recent.size() > RECENT) {
                    recent.removeFirst();
                }
            }
        }
        log.append(events);
        return false;
    }

    private void connect(List<FeedEvent> events) {
        if (status.isConnected()) {
            status = status.confirmed(clock.instant());
            return;
        }
        status = new FeedStatus(true, clock.instant(), clock.instant(), "");
        events.add(new StatusChanged(status));
    }

    /** The service has confirmed that it is there. */
    synchronized void confirm() {
        if (status.isConnected()) {
            status = status.confirmed(clock.instant());
        }
    }

    /** The service cannot be reached; the copy is as old as the last confirmation. */
    synchronized void disconnect(String reason) {
        if (!status.isConnected() && status.reason().equals(reason)) {
            return;
        }
        status = new FeedStatus(false, status.isConnected() ? clock.instant() : status.since(), status.asOf(), reason);
        log.append(List.of(new StatusChanged(status)));
    }

    /** Takes a table that was read. Until rejections were read once, clients have been shown none. */
    synchronized void read(FigureKind kind, Table table) {
        Table before = figures.put(kind, table);
        if (table.equals(before)) {
            return;
        }
        if (kind != FigureKind.REJECTIONS) {
            log.append(List.of(new FiguresRead(kind, table)));
        } else {
            List<List<String>> rows = table.rows();
            int known = before == null || before.rows().isEmpty()
                    ? -1
                    : rows.lastIndexOf(before.rows().get(before.rows().size() - 1));
            log.append(rows.subList(known + 1, rows.size()).stream()
                    .map(row -> new RejectionSeen(new Table(table.columns(), List.of(row))))
                    .toList());
        }
    }
}
