package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the servers are that {@code scripts/testbed} has brought. */
public final class Testbed {

    private final Path folder;

    private Testbed(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder named by the system property {@code devstate.testbed}.
     *
     * @throws IllegalStateException if there is none; says how to get one
     */
    public static Testbed find() {
        String named = System.getProperty("devstate.testbed", "");
        if (named.isEmpty() || !Files.isDirectory(Path.of(named))) {
            throw new IllegalStateException(
                    "no test bed: run scripts/test, or scripts/testbed and give the folder it prints by -Ddevstate.testbed=");
        }
        return new Testbed(Path.of(named));
    }

    /** The folder of one server, such as {@code asterisk-22}. */
    Path server(String name) {
        Path server = folder.resolve(name);
        if (!Files.isDirectory(server)) {
            throw new IllegalStateException(server + " is missing: run scripts/testbed " + name);
        }
        return server;
    }

    /** Whether scripts/testbed could bring that server here. */
    public boolean has(String name) {
        return Files.isDirectory(folder.resolve(name));
    }
}
