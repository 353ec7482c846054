// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Accounts of a Prosody, written where it looks them up: its own tool takes a third of a second for each. */
final class ProsodyAccounts {

    private ProsodyAccounts() {}

    /** Accounts whose passwords are their names; Prosody hashes them when they log in first. */
    static void write(Path folder, List<String> users) {
        try {
            Path accounts = Files.createDirectories(folder.resolve("data/example%2enet/accounts"));
            for (String user : users) {
                Files.writeString(accounts.resolve(user + ".dat"), "return { [\"password\"] = \"" + user + "\" };\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
