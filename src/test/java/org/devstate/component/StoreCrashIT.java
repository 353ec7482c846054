// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.devstate.component.store.StoreTables;
import org.devstate.core.store.Change;
import org.devstate.core.store.StoreException;
import org.devstate.sql.SqlSession;
import org.devstate.sql.SqlStore;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database after kill -9 of the process that writes it, several times over. */
@Timeout(120)
final class StoreCrashIT {

    private static final int ROUNDS = 6;
    private static final int INTERVAL_MS = 100;

    /** How long a write and its report may take if the machine is busy. */
    private static final int SLACK_MS = 1_000;

    @TempDir
    private Path folder = Path.of("");

    /** A line of a process, with its time. */
    private record Said(String word, int number, long atMs) {

        private static final Pattern LINE = Pattern.compile("(\\w+) (\\d+) (\\d{13})");

        /** The complete lines of a process. */
        static List<Said> in(Path output) throws IOException {
            return LINE.matcher(Files.readString(output))
                    .results()
                    .map(line ->
                            new Said(line.group(1), Integer.parseInt(line.group(2)), Long.parseLong(line.group(3))))
                    .toList();
        }
    }

    @Test
    void killedWhileItWritesItLosesNoMoreThanTheIntervalAndIsNeverBroken() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("devstate");
        int before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path output = folder.resolve("output" + round);
            long killedAtMs = runAndKill(url, 1_000 + 150 * round, output);
            List<Said> said = Said.in(output);

            List<Change.Mailbox> kept = load(url);
            int last = NumberedWriter.last(kept);
            assertThat(kept)
                    .as("all up to one number, and nothing of what came after it")
                    .containsExactlyInAnyOrderElementsOf(upTo(last));
            assertThat(last).as("goes on").isGreaterThan(before);
            assertThat(last)
                    .as("what was written is there")
                    .isGreaterThanOrEqualTo(highest(said, "written", Long.MAX_VALUE));
            assertThat(last)
                    .as("what is older than the interval is there")
                    .isGreaterThanOrEqualTo(highest(said, "noted", killedAtMs - INTERVAL_MS - SLACK_MS));
            before = last;
        }
        assertThat(Files.size(folder.resolve("devstate.mv.db"))).isLessThan(10_000_000);
    }

    /** Lets it write for a while. Returns when it was killed. */
    private static long runAndKill(String url, long lifeMs, Path output) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NumberedWriter.class.getName(),
                        url,
                        String.valueOf(INTERVAL_MS))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Await.until("it writes", Duration.ofSeconds(20), () -> Files.size(output) > 0);
            assertThat(process.waitFor(lifeMs, TimeUnit.MILLISECONDS))
                    .as("it ended by itself")
                    .isFalse();
            return System.currentTimeMillis();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<Change.Mailbox> load(String url) throws StoreException {
        try (SqlSession session = NumberedWriter.session(NumberedWriter.config(url, "1000"))) {
            StoreTables.prepare(session);
            return new SqlStore(session, NumberedWriter.SERVICE).load().mailboxes();
        }
    }

    private static List<Change.Mailbox> upTo(int last) {
        return IntStream.rangeClosed(Math.max(1, last - NumberedWriter.MAILBOXES + 1), last)
                .mapToObj(NumberedWriter::change)
                .toList();
    }

    private static int highest(List<Said> said, String word, long untilMs) {
        return said.stream()
                .filter(each -> each.word().equals(word) && each.atMs() <= untilMs)
                .mapToInt(Said::number)
                .max()
                .orElse(0);
    }
}
