// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.devstate.testbed.Asterisk.Release;
import org.opentest4j.TestAbortedException;

/** The servers that {@code scripts/testbed} has brought. */
public final class Testbed {

    /** How the message begins if a test needs a server that is not available. */
    static final String NOT_RUN = "NOT RUN: ";

    private final Path folder;

    private Testbed(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder named by the system property {@code devstate.testbed}.
     *
     * @throws IllegalStateException if there is none; the message has the command to get one
     */
    public static Testbed find() {
        String named = System.getProperty("devstate.testbed", "");
        if (named.isEmpty() || !Files.isDirectory(Path.of(named))) {
            throw new IllegalStateException(
                    "no test bed: run scripts/test, or scripts/testbed and give the folder it prints by -Ddevstate.testbed=");
        }
        return in(Path.of(named));
    }

    /** The one in that folder. */
    static Testbed in(Path folder) {
        return new Testbed(folder);
    }

    /**
     * The folder of one server, such as {@code asterisk-new}. If scripts/testbed could not bring it, the calling test is reported as
     * skipped, with the reason.
     *
     * @throws IllegalStateException if scripts/testbed has not tried to bring it
     */
    public Path server(String name) {
        Path server = folder.resolve(name);
        if (Files.isDirectory(server)) {
            return server;
        }
        Path reason = folder.resolve(name + ".missing");
        if (Files.exists(reason)) {
            throw NotRun.because(
                    name + " cannot be had here: " + Folders.read(reason, 0).strip());
        }
        throw new IllegalStateException(server + " is missing: run scripts/testbed " + name);
    }

    /** The release itself, or the other one if only that could be had: for a test that needs some Asterisk. */
    public Release orOther(Release release) {
        if (has(release.folder())) {
            return release;
        }
        Release other = release == Release.V16 ? Release.V22 : Release.V16;
        return has(other.folder()) ? other : release;
    }

    /** Whether scripts/testbed could bring that server here. */
    public boolean has(String name) {
        return Files.isDirectory(folder.resolve(name));
    }

    /** Why that server is not there; empty if it is. */
    public Optional<String> whyNot(String name) {
        Path reason = folder.resolve(name + ".missing");
        return has(name)
                ? Optional.empty()
                : Optional.of(Files.exists(reason) ? Folders.read(reason, 0).strip() : "run scripts/testbed " + name);
    }

    /** A class of its own, because the demo has no test framework. */
    private static final class NotRun {

        static RuntimeException because(String reason) {
            return new TestAbortedException(NOT_RUN + reason);
        }
    }
}
