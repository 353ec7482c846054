// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The database in which an Asterisk stores custom devices over a restart. */
final class DeviceMemory {

    private static final Duration SAVED = Duration.ofSeconds(5);

    private final Path folder;

    /** @param folder that of the server's files */
    DeviceMemory(Path folder) {
        this.folder = folder;
    }

    /** Makes its next start put these states, by device, into the database: the fast way for thousands. */
    void fillAtStart(Map<String, String> states) {
        String commands = states.entrySet().stream()
                .map(state -> "database put CustomDevstate " + state.getKey().substring("Custom:".length()) + " "
                        + state.getValue() + " = yes\n")
                .collect(Collectors.joining());
        Folders.write(commands(), "[startup_commands]\n" + commands);
    }

    /** Lets it start as usual again. */
    void fillNoMore() {
        Folders.delete(commands());
    }

    /** Waits until all is on the disk: it writes up to a second later. */
    void awaitSaved() {
        Path journal = folder.resolve("lib/astdb.sqlite3-journal");
        Await.until("its devices are on the disk; see " + folder, SAVED, () -> !Files.exists(journal));
    }

    /** Takes the database away; the server must have ended. */
    void forget() {
        Folders.delete(folder.resolve("lib"));
        Folders.make(folder.resolve("lib"));
    }

    private Path commands() {
        return folder.resolve("cli.conf");
    }
}
