// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.api;

import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.output.JsonValues;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedEvent;
import org.devstate.serve.feed.FeedEvent.EntryChanged;
import org.devstate.serve.feed.FeedEvent.FigureKind;
import org.devstate.serve.feed.FeedEvent.FiguresRead;
import org.devstate.serve.feed.FeedEvent.MirrorRenewed;
import org.devstate.serve.feed.FeedEvent.RejectionSeen;
import org.devstate.serve.feed.FeedEvent.StatusChanged;
import org.devstate.serve.feed.FeedStatus;
import org.devstate.serve.json.Json;
import org.devstate.serve.json.RowWriter;
import org.devstate.serve.security.Rights;

/** Events as the text of a stream (HTML, 9.2). A text that many streams send is made once. Used by the thread of the streams alone. */
final class EventTexts {

    private static final int MOST = 4_000;
    private static final byte[] NOTHING = {};

    private final Feed feed;
    private final IdentityHashMap<EntryChanged, byte[]> changes = new IdentityHashMap<>();

    EventTexts(Feed feed) {
        this.feed = feed;
    }

    /** The text for a caller with these rights; empty if the event shows nothing of its sites. */
    byte[] of(FeedEvent event, Rights rights) {
        if (event instanceof EntryChanged changed) {
            return change(changed);
        }
        if (event instanceof MirrorRenewed renewed) {
            return reset(renewed.next());
        }
        if (event instanceof StatusChanged changed) {
            return status(changed.status());
        }
        if (event instanceof FiguresRead read) {
            String name = read.kind() == FigureKind.SITES ? "sites" : "servers";
            return event(
                    "event: " + name,
                    Json.text(json -> JsonValues.write(json, SiteRows.visible(read.table(), rights))));
        }
        if (event instanceof RejectionSeen seen) {
            Table visible = SiteRows.rejections(seen.row(), feed.figures(FigureKind.SERVERS), rights);
            return visible.rows().isEmpty()
                    ? NOTHING
                    : event(
                            "event: rejection",
                            Json.text(json -> JsonValues.write(
                                    json, visible.columns(), visible.rows().get(0))));
        }
        return NOTHING;
    }

    private byte[] change(EntryChanged changed) {
        byte[] known = changes.get(changed);
        if (known != null) {
            return known;
        }
        byte[] text = event(
                "id: " + changed.next() + "\nevent: change",
                Json.text(json -> RowWriter.change(json, changed.change())));
        if (changes.size() >= MOST) {
            changes.clear();
        }
        changes.put(changed, text);
        return text;
    }

    byte[] status(FeedStatus status) {
        return event("event: status", Json.text(json -> {
            json.beginObject();
            RowWriter.status(json, status);
            json.endObject();
        }));
    }

    /** That the client must begin anew; {@code next} is the place from which later changes follow. */
    byte[] reset(String next) {
        return event(
                "id: " + next + "\nevent: reset",
                Json.text(json -> json.beginObject().name("event").value(next).endObject()));
    }

    private static byte[] event(String head, String data) {
        return (head + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
