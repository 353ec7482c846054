// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.output.JsonValues;
import org.devstate.serve.feed.EntryChange;
import org.devstate.serve.feed.FeedStatus;
import org.devstate.serve.feed.MirroredEntry;

/**
 * Writes results, entries and changes as JSON, with the keys of {@code devstatectl --json}. Stateless.
 */
public final class RowWriter {

    private RowWriter() {}

    /** Writes one object: its fields, its tables, of which the one without a name is {@code rows}, its notes and its warnings. */
    public static void result(JsonWriter json, Result result) throws IOException {
        json.beginObject();
        JsonValues.write(json, result);
        JsonValues.write(json.name("notes"), result.notes(Note.Severity.INFO));
        JsonValues.write(json.name("warnings"), result.notes(Note.Severity.WARN));
        json.endObject();
    }

    /** Writes an entry. */
    public static void entry(JsonWriter json, MirroredEntry entry) throws IOException {
        json.beginObject();
        members(json, entry);
        json.name("changed").value(entry.changed()).endObject();
    }

    /**
     * Writes a change: {@code stored} is whether the table has the entry, with this value, after it, and {@code removed} whether it has the
     * entry no more. If neither is true, the value was only delivered.
     */
    public static void change(JsonWriter json, EntryChange change) throws IOException {
        json.beginObject()
                .name("seq")
                .value(change.number())
                .name("time")
                .value(change.entry().changed());
        members(json, change.entry());
        json.name("stored").value(change.isStored());
        json.name("removed")
                .value(change.effect() == EntryChange.Effect.REMOVED)
                .endObject();
    }

    private static void members(JsonWriter json, MirroredEntry entry) throws IOException {
        json.name("node").value(entry.node());
        json.name("id").value(entry.id());
        json.name("eid").value(entry.eid());
        json.name("site").value(entry.site());
        json.name("account").value(entry.account());
        json.name("value").value(entry.value());
    }

    /** Writes the members of a status into an object that was begun. */
    public static void status(JsonWriter json, FeedStatus status) throws IOException {
        json.name("connected").value(status.isConnected());
        json.name("since").value(status.since().toString());
        json.name("asOf")
                .value(
                        status.asOf().equals(Instant.EPOCH)
                                ? null
                                : status.asOf().toString());
        json.name("reason").value(status.reason());
    }
}
