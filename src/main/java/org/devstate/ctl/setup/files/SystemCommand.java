// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Runs a command of this machine to its end. Secrets go through its standard input: arguments are visible to all users. Stateless. */
public final class SystemCommand {

    /** The exit status and the output, standard error included. */
    public record CommandEnd(int status, String output) {}

    private static final int PATIENCE_SECONDS = 180;

    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    private SystemCommand() {}

    /** Whether systemd runs the services of this machine. */
    public static boolean hasSystemd() {
        return Files.isDirectory(SYSTEMD);
    }

    /**
     * Runs a command.
     *
     * @throws Failure if there is no such command, or it does not end within three minutes
     */
    public static CommandEnd run(List<String> command, String input) throws Failure {
        Path output = null;
        try {
            output = Files.createTempFile("devstatectl", ".out"); // a background process may hold a pipe open
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has ended without reading all: its status and output have the reason.
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw Failure.rejected(command.get(0) + " has not ended within " + PATIENCE_SECONDS + " s");
            }
            return new CommandEnd(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw Failure.usage(command.get(0) + " cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.rejected("interrupted");
        } finally {
            delete(output);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
