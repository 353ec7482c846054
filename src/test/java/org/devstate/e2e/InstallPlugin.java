// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;

/** Runs {@code scripts/install-plugin}, and checks its result. */
final class InstallPlugin {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path logs;

    /** @param logs a folder for its output */
    InstallPlugin(Path logs) {
        this.logs = logs;
    }

    /** How a run has ended. */
    record Outcome(int status, String said) {

        /** Its output, if it has succeeded. */
        String success() {
            assertThat(status).as(said).isZero();
            return said;
        }

        /** The single line of its output, if it has failed. */
        String rejection() {
            assertThat(status).as(said).isEqualTo(1);
            assertThat(said.lines()).singleElement().asString().startsWith("install-plugin: ");
            return said;
        }
    }

    /** As in a checkout. */
    Outcome run(String... arguments) {
        return run(Map.of(), List.of("scripts/install-plugin"), arguments);
    }

    Outcome run(Map<String, String> environment, List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        Map<String, String> variables = new HashMap<>(Map.of("TIGASE_HOME", ""));
        variables.putAll(environment);
        Path log = logs.resolve(System.nanoTime() + ".log");
        try (ServerProcess process = ServerProcess.start(Path.of("").toAbsolutePath(), log, variables, all)) {
            Await.until("the script has ended", PATIENCE, () -> !process.isAlive());
            return new Outcome(process.exitStatus(), process.output());
        }
    }

    /** Every file of an installation, with its mode and content, but for the database and logs. */
    static List<String> content(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .filter(file -> !home.relativize(file)
                            .toString()
                            .matches("(tigasedb|logs|data)/.*|derby.log|etc/config-dump.properties"))
                    .sorted()
                    .map(file -> home.relativize(file) + " " + described(file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String described(Path file) {
        try {
            return Files.isSymbolicLink(file)
                    ? "-> " + Files.readSymbolicLink(file)
                    : Files.getPosixFilePermissions(file) + " " + Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes it an empty folder. */
    static void recreate(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
