// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;
import org.jspecify.annotations.Nullable;

/**
 * The file that lists the changes that were made, oldest first, and the folders that were created. A change is listed before it is made,
 * so that an interrupted run can be undone, too. Not thread-safe.
 */
public final class ChangeRecord {

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final List<MadeChange> changes = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    private ChangeRecord(Path file) {
        this.file = file;
    }

    /**
     * Reads the record, which is empty if there is no such file.
     *
     * @throws Failure if it cannot be read, or is not a record
     */
    public static ChangeRecord in(Path file) throws Failure {
        ChangeRecord result = new ChangeRecord(file);
        if (Files.exists(file)) {
            try {
                result.parse(JsonParser.parseString(new DiskFiles().read(file)).getAsJsonObject());
            } catch (JsonParseException | IllegalStateException | NullPointerException | ClassCastException e) {
                throw Failure.usage(
                        file + " is not a record of changes by devstatectl setup; restore it, or undo the changes by"
                                + " hand from the files named .before-devstate");
            }
        }
        return result;
    }

    /** Whether no change is listed. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The file of the record. */
    Path file() {
        return file;
    }

    /** The changes, oldest first. */
    List<MadeChange> changes() {
        return List.copyOf(changes);
    }

    /** The folders that were created, oldest first. */
    List<Path> folders() {
        return List.copyOf(folders);
    }

    /** Lists a change that is about to be made. */
    void add(MadeChange change) throws Failure {
        changes.add(change);
        write();
    }

    /** Lists a folder that was created. It is written with the next change. */
    void addFolder(Path folder) {
        folders.add(folder);
    }

    /** Removes the newest change from the list, because it is undone. The file goes with the last one. */
    void removeLast() throws Failure {
        changes.remove(changes.size() - 1);
        write();
    }

    private void write() throws Failure {
        try {
            if (changes.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            if (!Files.exists(file)) {
                Files.createFile(file, PRIVATE); // a short password could be guessed from its checksum
            }
            Files.writeString(
                    file, new GsonBuilder().setPrettyPrinting().create().toJson(json()) + "\n");
        } catch (IOException e) {
            throw FileFault.writing(file, e);
        }
    }

    private JsonObject json() {
        JsonArray made = new JsonArray();
        for (MadeChange change : changes) {
            JsonObject each = new JsonObject();
            each.addProperty("file", change.file().toString());
            Path backup = change.backup();
            if (backup != null) {
                each.addProperty("backup", backup.toString());
            }
            each.addProperty("sha256", change.sha256());
            made.add(each);
        }
        JsonArray created = new JsonArray();
        folders.forEach(folder -> created.add(folder.toString()));
        JsonObject result = new JsonObject();
        result.addProperty("about", "Changes by devstatectl setup; devstatectl setup --undo needs this file");
        result.add("changes", made);
        result.add("folders", created);
        return result;
    }

    private void parse(JsonObject json) {
        for (JsonElement each : json.getAsJsonArray("changes")) {
            JsonObject change = each.getAsJsonObject();
            changes.add(new MadeChange(
                    Path.of(change.get("file").getAsString()),
                    path(change.get("backup")),
                    change.get("sha256").getAsString()));
        }
        json.getAsJsonArray("folders").forEach(folder -> folders.add(Path.of(folder.getAsString())));
    }

    private static @Nullable Path path(@Nullable JsonElement text) {
        return text == null ? null : Path.of(text.getAsString());
    }
}
