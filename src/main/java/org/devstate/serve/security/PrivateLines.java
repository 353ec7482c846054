// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.settings.PasswordFile;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;

/**
 * A file with an entry on each line, which only its owner may read. Words are separated by blanks; empty lines and those that begin with
 * {@code #} are skipped. Stateless.
 */
public final class PrivateLines {

    /** Takes the entries, in their order. */
    public interface LineReader {

        /**
         * Takes the words of one.
         *
         * @throws IllegalArgumentException if they are invalid; the message has the reason, and no secret
         */
        void read(List<String> words);
    }

    private PrivateLines() {}

    /**
     * Reads a file.
     *
     * @param name of its content for people, with {@code %s} for the file
     * @param option that names the file
     * @throws Failure if the file cannot be read, others may read it, or entries are invalid: all of them, with their lines
     */
    public static void read(Path file, String name, String option, LineReader reader) throws Failure {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw Failure.usage(FileFault.reading(file, e).text() + "; " + option + " names it");
        }
        if (PasswordFile.isOpenToOthers(file)) {
            throw Failure.usage("others may read " + name.formatted(file) + "; chmod 600 " + file);
        }
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                reader.read(List.of(line.split("\\s+", -1)));
            } catch (IllegalArgumentException e) {
                faults.add(file + ": line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw Failure.usage(String.join(System.lineSeparator(), faults));
        }
    }
}
