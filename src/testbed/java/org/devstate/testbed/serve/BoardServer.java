// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.XmppServer;

/** {@code devstatectl serve}, logged in as the administrator, on a port of the loopback interface. */
public final class BoardServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ServerProcess process;
    private final HttpClient client;
    private final String address;

    private BoardServer(ServerProcess process, HttpClient.Builder client, String address) {
        this.process = process;
        this.client = client.connectTimeout(ANSWER).build();
        this.address = address;
    }

    /**
     * Starts it with its files in {@code folder}; it has read all states when this returns.
     *
     * @param jar the component's
     * @param port to listen on
     * @param options others of it
     */
    public static BoardServer start(Path jar, Path folder, XmppServer xmpp, int port, String... options) {
        return start(
                jar,
                folder,
                xmpp,
                Stream.concat(Stream.of("--listen", "127.0.0.1:" + port), Stream.of(options))
                        .toList(),
                process -> new BoardServer(process, HttpClient.newBuilder(), "http://127.0.0.1:" + port + "/"));
    }

    /** The same over TLS, for users alone. */
    public static BoardServer startGuarded(Path jar, Path folder, XmppServer xmpp, int port, BoardGuard guard) {
        List<String> options = Stream.concat(Stream.of("--listen", "127.0.0.1:" + port), guard.options().stream())
                .toList();
        return start(
                jar,
                folder,
                xmpp,
                options,
                process -> new BoardServer(
                        process, guard.trust(HttpClient.newBuilder()), "https://localhost:" + port + "/"));
    }

    private static BoardServer start(
            Path jar, Path folder, XmppServer xmpp, List<String> options, Function<ServerProcess, BoardServer> made) {
        writeSettings(folder, xmpp);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Stream<String> command = Stream.of(
                java.toString(),
                "-Xmx256m",
                "-cp",
                jar.toString(),
                "org.devstate.ctl.Devstatectl",
                "serve",
                "--config",
                folder.resolve("devstatectl.conf").toString());
        BoardServer server = made.apply(ServerProcess.start(
                folder,
                folder.resolve("serve.log"),
                Map.of(),
                Stream.concat(command, options.stream()).toList()));
        try {
            Await.until("devstatectl serve is ready; see " + folder, START, server::isReady);
            return server;
        } catch (AssertionError | IllegalStateException e) {
            server.close();
            throw e;
        }
    }

    private static void writeSettings(Path folder, XmppServer xmpp) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("devstatectl.conf"),
                    """
                    service = %s
                    as = "%s"
                    password-file = password
                    host = %s
                    port = %d
                    trust-certificate = "%s"
                    """
                            .formatted(
                                    xmpp.service(),
                                    XmppServer.ADMINISTRATOR,
                                    xmpp.clientHost(),
                                    xmpp.clientPort(),
                                    xmpp.certificate()));
            Path password = folder.resolve("password");
            Files.writeString(password, XmppServer.ADMINISTRATOR.replaceFirst("@.*", "\n"));
            Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("devstatectl serve ended: " + process.output());
        }
        try {
            return get("readyz").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false; // it does not listen yet
        }
    }

    /** The address of the wallboard, with a slash at its end. */
    public String address() {
        return address;
    }

    /** The answer to a request for a path, which begins without a slash. */
    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** The answer to a request of that method, with names and values of headers. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Its log so far. */
    public String log() {
        return process.output();
    }

    /** As {@code kill -name}: STOP and CONT have it hang for a while. */
    public void signal(String name) {
        process.signal(name);
    }

    @Override
    public void close() {
        process.close();
    }
}
