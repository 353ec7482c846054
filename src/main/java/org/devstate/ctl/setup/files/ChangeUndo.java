// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/** Undoes the changes of a record, the newest first. Not thread-safe. */
public final class ChangeUndo {

    private final ChangeRecord changes;

    public ChangeUndo(ChangeRecord changes) {
        this.changes = changes;
    }

    /** Returns the files that were changed after setup had changed them: undoing would lose that. */
    public Set<Path> changedSince() throws Failure {
        Set<Path> changed = new TreeSet<>();
        Map<Path, String> states = new HashMap<>();
        List<MadeChange> made = changes.changes();
        for (int i = made.size() - 1; i >= 0; i--) {
            MadeChange each = made.get(i);
            Path backup = each.backup();
            String before = backup == null ? Checksum.NO_FILE : Checksum.of(backup);
            String now = states.getOrDefault(each.file(), Checksum.of(each.file()));
            if (!now.equals(each.sha256()) && !now.equals(before)) {
                changed.add(each.file());
            }
            states.put(each.file(), before);
        }
        return changed;
    }

    /** Returns the backups that are missing. */
    public List<Path> missingBackups() {
        List<Path> missing = new ArrayList<>();
        for (MadeChange each : changes.changes()) {
            Path backup = each.backup();
            if (backup != null && !Files.exists(backup)) {
                missing.add(backup);
            }
        }
        return missing;
    }

    /**
     * Undoes all changes but the first ones.
     *
     * @param left how many changes stay
     */
    public void undo(int left) throws Failure {
        List<MadeChange> made = changes.changes();
        List<Path> folders = changes.folders();
        for (int i = made.size() - 1; i >= left; i--) {
            undo(made.get(i));
            changes.removeLast();
        }
        for (int i = left == 0 ? folders.size() - 1 : -1; i >= 0; i--) {
            delete(folders.get(i));
        }
    }

    /** A line for each file: which is restored, and which is removed. The oldest change decides. */
    public List<String> files() {
        Map<Path, String> lines = new LinkedHashMap<>();
        List<MadeChange> made = changes.changes();
        for (int i = made.size() - 1; i >= 0; i--) {
            MadeChange each = made.get(i);
            Path backup = each.backup();
            lines.put(
                    each.file(),
                    backup == null ? "  remove   " + each.file() : "  restore  " + each.file() + " from " + backup);
        }
        return List.copyOf(lines.values());
    }

    /** How many changes there are. */
    public int count() {
        return changes.changes().size();
    }

    private static void undo(MadeChange change) throws Failure {
        Path file = change.file();
        Path backup = change.backup();
        try {
            if (backup == null) {
                Files.deleteIfExists(file);
            } else if (Files.exists(file)) {
                Files.write(
                        file,
                        Files.readAllBytes(backup),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                Files.delete(backup);
            } else {
                Files.move(backup, file);
            }
        } catch (IOException e) {
            throw FileFault.writing(file, e);
        }
    }

    /** Something else may be in it by now. */
    private static void delete(Path folder) throws Failure {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // It stays.
        } catch (IOException e) {
            throw FileFault.writing(folder, e);
        }
    }
}
