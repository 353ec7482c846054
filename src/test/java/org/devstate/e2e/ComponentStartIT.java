// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.devstate.testbed.Await;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The component's output and end when a real Prosody rejects it. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ComponentStartIT {

    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));

    @TempDir
    Path folder;

    private Prosody prosody;

    private record Ended(int status, List<String> lines) {}

    @BeforeAll
    void startProsody() {
        prosody = Prosody.start(Testbed.find(), Office.FOLDER.resolve("ComponentStartIT"), JAR);
    }

    @AfterAll
    void stopProsody() {
        if (prosody != null) {
            prosody.close();
        }
    }

    @Test
    void anInvalidSecretEndsItWithAnError() throws Exception {
        Ended ended = run("127.0.0.1", prosody.componentPort(), prosody.service(), "wrong");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().contains("rejects the secret", "component.secret");
    }

    @Test
    void anUnknownAddressEndsItWithAnError() throws Exception {
        Ended ended = run("127.0.0.1", prosody.componentPort(), "other.example.net", "x");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().contains("other.example.net", "component.address");
    }

    @Test
    void aSecondComponentOfTheSameAddressEndsWithAnError() throws Exception {
        Ended ended = run("127.0.0.1", prosody.componentPort(), prosody.service(), Prosody.SECRET);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().contains("connected already");
        assertThat(prosody.component().connections()).isEqualTo(1);
    }

    @Test
    void anUnreachableServerEndsItWithAnError() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Ended ended = run("127.0.0.1", port, prosody.service(), "x");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.lines())
                .singleElement()
                .asString()
                .contains("no component connections are accepted at 127.0.0.1:" + port);
    }

    /** As at the boot of a machine, where either of the two may start first. */
    @Test
    void byDefaultItWaitsForItsServerAndLogsThatOnce() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("waiting.conf"),
                """
                server { host = "127.0.0.1", port = %d }
                component { address = "%s", secret = "%s" }
                store.url = none
                """
                        .formatted(port, prosody.service(), "wrong"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("waiting.log").toFile())
                .start();
        try {
            Path log = folder.resolve("waiting.log");
            Await.until("it waits", Duration.ofSeconds(10), () -> read(log)
                    .contains("no component connections are accepted at"));
            assertThat(process.waitFor(2, TimeUnit.SECONDS)).isFalse();
            assertThat(read(log)).containsOnlyOnce("no component connections are accepted at");
            try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    Socket component = server.accept()) {
                component
                        .getOutputStream()
                        .write(("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept'"
                                        + " xmlns:stream='http://etherx.jabber.org/streams' id='1'><stream:error>"
                                        + "<not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>")
                                .getBytes(StandardCharsets.UTF_8));
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(read(log)).contains("rejects the secret");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anUnknownHostEndsItWithAnError() throws Exception {
        Ended ended = run("no-such-host.invalid", 5347, prosody.service(), "x");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().contains("no-such-host.invalid", "server.host");
    }

    @Test
    void aStoreInUseEndsItWithAnError() throws Exception {
        Path running = Office.FOLDER.resolve("ComponentStartIT/data/devstate").toAbsolutePath();
        Ended ended = run(
                "127.0.0.1",
                prosody.componentPort(),
                prosody.service(),
                Prosody.SECRET,
                "store.url = \"jdbc:h2:file:" + running + "\"");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.lines()).singleElement().asString().contains(running.toString(), "in use by another process");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the component to its end; the lines are those of standard error. */
    private Ended run(String host, int port, String address, String secret, String... more)
            throws IOException, InterruptedException {
        Path config = folder.resolve("component.conf");
        Files.writeString(
                config,
                """
                server { host = "%s", port = %d, first-connect-timeout = 0s }
                component { address = "%s", secret = "%s" }
                accounts = [ "pbx*@example.net" ]
                %s
                """
                        .formatted(host, port, address, secret, String.join("\n", more)));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "--config",
                        config.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), errors.lines().toList());
    }
}
