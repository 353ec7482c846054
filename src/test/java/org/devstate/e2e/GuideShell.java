// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.devstate.ctl.CtlInProcess;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;

/** A shell with a home of its own, in which {@code devstatectl} and {@code curl} reach the servers of a test. */
final class GuideShell {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Pattern PORT = Pattern.compile("Listening on https?://[^ ]*:(\\d+)/");

    private final Path home;

    GuideShell(Path home) {
        this.home = home;
    }

    private Path config() {
        return home.resolve(".config/devstatectl.conf");
    }

    /** Makes the files of {@code devstatectl}, and finds it by its name. */
    void connect(String settings) throws IOException {
        Files.createDirectories(config().getParent());
        Files.writeString(config(), settings);
        Path password = Files.writeString(config().resolveSibling("devstatectl.password"), "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(
                bin.resolve("devstatectl"), Path.of("scripts", "devstatectl").toAbsolutePath());
    }

    private Map<String, String> environment() {
        return Map.of("HOME", home.toString(), "PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    }

    /** Runs lines, and stops at the first that fails, which is an error. Returns their output. */
    String bash(Path folder, String lines) {
        return ServerProcess.run(folder, environment(), List.of("bash", "-euo", "pipefail", "-c", lines));
    }

    /** Runs a subcommand in this process; returns its output. */
    String ctl(String... arguments) {
        CtlInProcess.Outcome outcome =
                CtlInProcess.run(Stream.concat(Stream.of(arguments), Stream.of("--config", config().toString()))
                        .toArray(String[]::new));
        assertThat(outcome.status()).as("%s", outcome).isZero();
        return outcome.out();
    }

    /** Starts {@code devstatectl serve} as a guide writes it, but for its address. */
    Serve serve(Path folder, String line) throws IOException {
        String own = line.strip().replaceFirst(" --listen \\S+", "") + " --listen 127.0.0.1:0";
        Path log = Files.createTempFile(folder, "serve", ".log");
        ServerProcess process = ServerProcess.start(folder, log, environment(), List.of("bash", "-c", "exec " + own));
        Await.until(own + " follows the service: " + log, START, () -> process.output()
                .contains("Following"));
        Matcher found = PORT.matcher(process.output());
        assertThat(found.find()).isTrue();
        return new Serve(process, found.group(1));
    }

    /** Has {@code curl} reach it at the addresses of the guides; the certificate is in the folder of the call. */
    void reachByCurl(Serve serve) throws IOException {
        Files.writeString(
                home.resolve(".curlrc"),
                """
                silent
                show-error
                fail-with-body
                max-time = 5
                cacert = "fullchain.pem"
                connect-to = "127.0.0.1:8080:127.0.0.1:%1$s"
                connect-to = "wall.example.net:8443:127.0.0.1:%1$s"
                """
                        .formatted(serve.port));
    }

    /** {@code devstatectl serve}, until it is closed. */
    record Serve(ServerProcess process, String port) implements AutoCloseable {

        @Override
        public void close() {
            process.close();
        }
    }
}
