// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {

    private static final String VALID =
            """
            server.host = localhost
            component { address = devstate.example.net, secret = s3cret }
            """;

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aValidConfigurationIsReported() throws IOException {
        assertThat(check(VALID + "accounts = [ \"*@example.net\" ]")).isZero();
        assertThat(out.toString()).containsOnlyOnce("\n").contains("is valid", "devstate.example.net");
        assertThat(out.toString()).doesNotContain("s3cret");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aConfigurationThatAdmitsNoAccountIsWarnedOf() throws IOException {
        assertThat(check(VALID)).isZero();
        assertThat(err.toString()).startsWith("warning:").contains("accounts");
    }

    @Test
    void anInvalidConfigurationIsStatus2AndALineForEachFault() throws IOException {
        assertThat(check("server.port = 0\nfoo = 1")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).hasSize(5);
    }

    @Test
    void aMissingConfigurationIsStatus2AndOneLine() {
        assertThat(run("--config", directory.resolve("absent.conf").toString())).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("absent.conf", "--config");
    }

    @Test
    void anUnknownOptionIsStatus2() {
        assertThat(run("--chekc-config")).isEqualTo(2);
        assertThat(err.toString()).contains("--chekc-config");
    }

    @Test
    void helpExplainsTheExitStatus() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--check-config", "--config", "Exit status");
    }

    private int check(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("component.conf"), text);
        return run("--check-config", "-c", file.toString());
    }

    private int run(String... args) {
        return new CommandLine(Main.class)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
