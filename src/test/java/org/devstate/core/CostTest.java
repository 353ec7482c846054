// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the core allocates, to the byte, and what an entry keeps, to ten: a machine under any load allocates the same. If a change makes this test fail, the guide
 * {@code performance.md} has to say why it is worth it, and these figures change with it.
 */
final class CostTest {

    /** Those of the class library differ from release to release. */
    private static final int JAVA = 17;

    @Test
    void publishesNotificationsDuplicatesAndEntriesCostWhatTheyDid() throws IOException, InterruptedException {
        assumeThat(Runtime.version().feature())
                .as("NOT RUN: the figures are those of Java 17")
                .isEqualTo(JAVA);
        assertThat(figures()).isEqualTo(Map.of("publish", 1_584, "notification", 336, "duplicate", 512, "entry", 280));
    }

    private static Map<String, Integer> figures() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xint",
                        "-XX:+UseSerialGC",
                        "-Xmx200m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CostFigures.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        Map<String, Integer> figures = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            figures.put(parts[0], Integer.valueOf(parts[1]));
        }
        return figures;
    }
}
