// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.devstate.ctl.setup.files.ChangeRecord;
import org.devstate.ctl.setup.files.ChangeUndo;
import org.devstate.ctl.xmpp.Failure;

/** Undoes all changes that setup made. Used once. */
final class SetupUndo {

    private final SetupConsole console;
    private final SetupOptions options;

    SetupUndo(SetupConsole console, SetupOptions options) {
        this.console = console;
        this.options = options;
    }

    /** The file of the record of changes. */
    static Path recordIn(Path componentFolder) {
        return componentFolder.resolve("setup-changes.json");
    }

    void run() throws Failure {
        Path file = recordIn(options.componentFolder.toAbsolutePath().normalize());
        ChangeRecord made = ChangeRecord.in(file);
        if (made.isEmpty()) {
            console.show("Nothing has to be undone: " + file + " lists no change.");
            return;
        }
        ChangeUndo undo = new ChangeUndo(made);
        List<Path> missing = undo.missingBackups();
        if (!missing.isEmpty()) {
            throw Failure.rejected("Nothing was undone, because backups are missing: " + lines(missing));
        }
        Set<Path> changed = undo.changedSince();
        if (!changed.isEmpty() && !options.force) {
            throw Failure.rejected(
                    "Nothing was undone, because these files were changed since, and that would be lost (--force does it"
                            + " all the same): " + lines(changed));
        }
        undo.files().forEach(console::show);
        if (options.dryRun) {
            console.show("Nothing was undone (--dry-run).");
            return;
        }
        if (!console.confirms("Undo these changes?")) {
            throw Failure.rejected("Nothing was undone");
        }
        undo.undo(0);
        console.show(
                "Undone. Stop the component and restart the XMPP server. Accounts that setup made are still there (prosodyctl"
                        + " deluser or ejabberdctl unregister deletes one), and so is the database of the service.");
    }

    private static String lines(Collection<Path> files) {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
