// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.api.CachedCalls;
import org.devstate.serve.api.LiveRoutes;
import org.devstate.serve.api.ReadRoutes;
import org.devstate.serve.feed.FeedFixture;
import org.devstate.serve.http.HttpFrontend;
import org.devstate.serve.http.PageFiles;
import org.devstate.serve.http.RequestGuards;
import org.devstate.serve.http.Route;
import org.devstate.serve.http.StreamHub;
import org.devstate.serve.metrics.MetricsRoute;
import org.devstate.serve.metrics.ServeFigures;
import org.devstate.serve.security.AttemptLimit;
import org.devstate.serve.security.Authenticator;
import org.devstate.serve.security.RequestOrigin;
import org.devstate.serve.webhook.Webhooks;

/** The real HTTP server on a free port, a feed that is fed by hand, and a service with prepared answers. */
final class HttpFixture implements AutoCloseable {

    final FeedFixture fixture = new FeedFixture();
    final FakeCaller caller = new FakeCaller();

    private static final Duration HEARTBEAT = Duration.ofMillis(200);

    private final HttpFrontend frontend;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Whoever reaches it may look. */
    HttpFixture() throws Exception {
        this(Authenticator.withoutUsers(() -> FeedFixture.NOW), 10);
    }

    HttpFixture(Authenticator authenticator, int streams) throws Exception {
        StreamHub hub = new StreamHub(streams, authenticator, HEARTBEAT);
        fixture.feed.log().setListener(hub::wake);
        RequestGuards guards = new RequestGuards(
                authenticator,
                authenticator.isNeeded() ? RequestOrigin.any() : RequestOrigin.local("wall.example"),
                new AttemptLimit(20, Duration.ofMinutes(1), () -> FeedFixture.NOW),
                authenticator.isNeeded());
        frontend = HttpFrontend.start(
                new HttpFrontend.HttpBinding(InetSocketAddress.createUnresolved("127.0.0.1", 0), null, streams),
                routes(hub),
                new PageFiles(HttpFixture.class, "testpage"),
                guards,
                hub);
    }

    /** A users file with these lines. */
    static Authenticator users(Path folder, String... lines) throws Exception {
        Path file = Files.write(folder.resolve("users"), List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Authenticator.ofFile(file, () -> FeedFixture.NOW);
    }

    List<Route> routes(StreamHub hub) throws Failure {
        CachedCalls cached = new CachedCalls(caller, () -> FeedFixture.NOW);
        List<Route> routes = new ArrayList<>(new ReadRoutes(fixture.feed, cached, "devstate.example", "Wall").all());
        routes.addAll(new LiveRoutes(fixture.feed, caller).all());
        routes.add(new MetricsRoute(
                        fixture.feed,
                        cached,
                        new ServeFigures(
                                fixture.feed,
                                hub,
                                Webhooks.of(null, fixture.feed, () -> FeedFixture.NOW),
                                () -> FeedFixture.NOW))
                .route());
        return routes;
    }

    int port() {
        return frontend.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Opens an event stream; the lines are read until {@link #event} has found one. */
    Iterator<String> stream(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<java.util.stream.Stream<String>> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body().toList());
        }
        return response.body().iterator();
    }

    /** The lines of the next event of that name, the others are left out. */
    static List<String> event(Iterator<String> lines, String name) {
        List<String> event = new ArrayList<>();
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.isEmpty()) {
                event.add(line);
            } else if (event.contains("event: " + name)) {
                return event;
            } else {
                event.clear();
            }
        }
        throw new IllegalStateException("the stream has ended");
    }

    /** Sends bytes as they are, and returns the whole answer. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        frontend.close();
    }
}
