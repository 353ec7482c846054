// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.output.JsonValues;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.EntryMirror.TableCopy;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedStatus;
import org.devstate.serve.feed.MirroredEntry;
import org.devstate.serve.json.Json;
import org.devstate.serve.json.RowWriter;
import org.devstate.serve.security.Rights;

/**
 * All that a page shows, in one document. Many pages that ask for it at the same moment are given the same bytes, which were made after
 * the last of them had asked: so none is older than its request. Thread-safe.
 */
final class StateDocument {

    /** The most sets of rights whose documents are remembered. */
    private static final int MOST = 20;

    /** The last document for callers with the same rights, and which one it was in the order in which they were begun. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Made(byte[] bytes, long number) {}

    private final Feed feed;
    private final String service;
    private final String title;
    private final AtomicLong begun = new AtomicLong();
    private final Map<Rights, Made> made = new LinkedHashMap<>();

    /**
     * The documents of a feed.
     *
     * @param service its address
     * @param title for people
     */
    StateDocument(Feed feed, String service, String title) {
        this.feed = feed;
        this.service = service;
        this.title = title;
    }

    /** The document for a caller with these rights. */
    byte[] bytes(Rights rights) {
        long before = begun.get();
        synchronized (made) {
            Made last = made.get(rights);
            if (last != null && last.number() > before) {
                return last.bytes();
            }
            long number = begun.incrementAndGet();
            FeedStatus status = feed.status();
            TableCopy snapshot = feed.snapshot();
            byte[] bytes = Json.bytes(json -> write(json, rights, snapshot, status));
            if (made.size() >= MOST) {
                made.clear();
            }
            made.put(rights, new Made(bytes, number));
            return bytes;
        }
    }

    private void write(JsonWriter json, Rights rights, TableCopy snapshot, FeedStatus status) throws IOException {
        EntryQuery visible = EntryQuery.all(rights);
        json.beginObject().name("event").value(snapshot.next());
        RowWriter.status(json, status);
        json.name("service").value(service).name("title").value(title);
        json.name("maySet").value(rights.maySet());
        Table servers = feed.figures(FigureKind.SERVERS);
        JsonValues.write(json.name("sites"), SiteRows.visible(feed.figures(FigureKind.SITES), rights));
        JsonValues.write(json.name("servers"), SiteRows.visible(servers, rights));
        json.name("entries").beginArray();
        for (MirroredEntry entry : snapshot.entries()) {
            if (visible.matches(entry)) {
                RowWriter.entry(json, entry);
            }
        }
        json.endArray().name("recent").beginArray();
        for (EntryChange change : feed.recent()) {
            if (visible.matches(change.entry())) {
                RowWriter.change(json, change);
            }
        }
        json.endArray();
        JsonValues.write(
                json.name("rejections"), SiteRows.rejections(feed.figures(FigureKind.REJECTIONS), servers, rights));
        json.endObject();
    }
}
