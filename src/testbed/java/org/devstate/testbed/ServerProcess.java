// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of ours: its output goes to a file, and it ends with this JVM at the latest. */
public final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final long logStart;
    private final Thread reaper;

    private ServerProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
        this.reaper = new Thread(process::destroyForcibly, "reaper");
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** Starts {@code command} in {@code folder}, with its output appended to {@code log}. */
    public static ServerProcess start(Path folder, Path log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Folders.make(log.resolveSibling("").toAbsolutePath());
        try {
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            return new ServerProcess(builder.start(), log, logStart);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + command, e);
        }
    }

    /** Runs {@code command} to its end. Its output is returned; an exit status other than 0 is an error. */
    public static String run(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(command + " ended with status " + status + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("could not run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** How much memory it has in use, in megabytes; 0 if it has ended. */
    public long megabytes() {
        if (!isAlive()) {
            return 0;
        }
        return Folders.read(Path.of("/proc/" + pid() + "/status"), 0)
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit status of the process; 128 + n if signal n ended it. */
    public int exitStatus() {
        return process.exitValue();
    }

    /** Its output so far, without the log of earlier processes. */
    public String output() {
        return Folders.read(log, logStart);
    }

    /** As {@code kill -name}. */
    public void signal(String name) {
        run(Path.of("/"), Map.of(), List.of("kill", "-" + name, Long.toString(pid())));
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As {@code kill}; after ten seconds as {@code kill -9}. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook does no harm any more.
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
