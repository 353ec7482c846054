// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.EventLog;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedEvent;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.FeedEvent.MirrorRenewed;
import org.devstate.serve.http.StreamSource;
import org.jspecify.annotations.Nullable;

/** One client's way through the log of events. Used by the thread of the streams alone. */
final class ChangeStream implements StreamSource {

    /** How soon a browser connects again, in milliseconds. */
    private static final String RETRY = "retry: 2000\n\n";

    private static final int EVENTS_AT_ONCE = 200;

    private final Feed feed;
    private final EventTexts texts;
    private final EntryQuery query;
    private boolean isBegun;
    private boolean isReset;
    private long place;

    /** The place in the history up to which the client has got all that it wants. */
    private String next;

    /** @param since the place in the history after which it begins; {@code null} for now */
    ChangeStream(Feed feed, EventTexts texts, EntryQuery query, @Nullable String since) {
        this.feed = feed;
        this.texts = texts;
        this.query = query;
        place = feed.log().end();
        String current = feed.snapshot().next();
        Long from = since == null ? Long.valueOf(place) : feed.log().placeOf(since, current);
        isReset = from == null;
        place = from == null ? place : from;
        next = since == null || from == null ? current : since;
    }

    @Override
    public boolean write(ByteArrayOutputStream out, int most) {
        if (!isBegun) {
            isBegun = true;
            out.writeBytes(RETRY.getBytes(StandardCharsets.UTF_8));
            out.writeBytes(texts.status(feed.status()));
            if (isReset) {
                out.writeBytes(texts.reset(next));
            }
        }
        while (out.size() < most) {
            EventLog.Section section = feed.log().after(place, EVENTS_AT_ONCE);
            if (section.isLost()) {
                place = feed.log().end();
                next = feed.snapshot().next();
                out.writeBytes(texts.reset(next));
                continue;
            }
            if (section.events().isEmpty()) {
                return false;
            }
            section.events().forEach(event -> write(event, out));
            place = section.place();
        }
        return true;
    }

    private void write(FeedEvent event, ByteArrayOutputStream out) {
        if (event instanceof EntryChanged changed) {
            next = changed.next();
            if (query.matches(changed.change().entry())) {
                out.writeBytes(texts.of(event, query.rights()));
            } else if (mayHaveLeft(changed.change())) {
                out.writeBytes(texts.reset(next));
            }
            return;
        }
        if (event instanceof MirrorRenewed renewed) {
            next = renewed.next();
        }
        out.writeBytes(texts.of(event, query.rights()));
    }

    /** Whether an entry that the client saw may now be of a site that it may not look at. */
    private boolean mayHaveLeft(EntryChange change) {
        return query.rights().isLimited()
                && change.effect() == Effect.MOVED
                && !query.rights().mayLookAt(change.entry().site());
    }

    @Override
    public void writeReset(ByteArrayOutputStream out) {
        out.writeBytes(texts.reset(next));
    }

    @Override
    public void writeHeartbeat(ByteArrayOutputStream out) {
        String id = next.isEmpty() ? "" : "id: " + next + "\n";
        out.writeBytes((": heartbeat\n" + id + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
