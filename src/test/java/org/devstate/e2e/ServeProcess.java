// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;
import org.jspecify.annotations.Nullable;

/** {@code devstatectl serve} as a user runs it, on a free port, and what a client sees of it. */
final class ServeProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Listening on https?://[^ ]*:(\\d+)/");
    private static final Duration START = Duration.ofSeconds(30);

    private final ServerProcess process;
    private final HttpClient client;
    private final int port;
    private final String address;

    /** Starts it; the HTTP server is up when it returns, and the service is followed. */
    ServeProcess(Administrator administrator, String... options) {
        this(HttpClient.newHttpClient(), "http://127.0.0.1:", administrator, options);
    }

    /**
     * Starts it, too.
     *
     * @param client of it
     * @param base its address, but for the port
     */
    ServeProcess(HttpClient client, String base, Administrator administrator, String... options) {
        this.client = client;
        process = start(
                administrator,
                Stream.concat(Stream.of("--listen", "127.0.0.1:0"), Stream.of(options))
                        .toArray(String[]::new));
        port = awaitPort();
        address = base + port;
        Await.until("it follows the service: " + process.output(), START, () -> get("/readyz")
                .startsWith("ready"));
    }

    /** Starts it, and does not wait. */
    static ServerProcess start(Administrator administrator, String... options) {
        List<String> command = new ArrayList<>(List.of("serve"));
        command.addAll(List.of(options));
        Path folder = administrator.folder();
        return ServerProcess.start(
                folder,
                folder.resolve("serve.log"),
                Map.of(),
                administrator.script(command.toArray(String[]::new)).command());
    }

    private ServeProcess(ServeProcess same, HttpClient client, String address) {
        this.process = same.process;
        this.port = same.port;
        this.client = client;
        this.address = address;
    }

    /** The same process, as it is reached at another address; closed with this one. */
    ServeProcess at(String otherAddress, HttpClient otherClient) {
        return new ServeProcess(this, otherClient, otherAddress);
    }

    private int awaitPort() {
        Await.until("the HTTP server is up", START, () -> PORT.matcher(process.output())
                .find());
        Matcher found = PORT.matcher(process.output());
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /** The process itself. */
    ServerProcess process() {
        return process;
    }

    private URI uri(String path) {
        return URI.create(address + path);
    }

    /** The port on which it listens. */
    int port() {
        return port;
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.timeout(START).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The body of the answer, whatever its status. */
    String get(String path, String... headers) {
        return send("GET", path, "", headers).body();
    }

    JsonObject state(String... headers) {
        return JsonParser.parseString(get("/api/v1/state", headers)).getAsJsonObject();
    }

    /** The value of the entry in the state; {@code null} if it has none. */
    @Nullable
    String valueOf(String id) {
        return state().getAsJsonArray("entries").asList().stream()
                .map(entry -> entry.getAsJsonObject())
                .filter(entry -> entry.get("id").getAsString().equals(id))
                .map(entry -> entry.get("value").getAsString())
                .findFirst()
                .orElse(null);
    }

    /** Opens an event stream, whose events are collected at once. */
    Events events(String path, String... headers) {
        return new Events(path, headers);
    }

    /** Opens an event stream of which nothing is read. */
    Socket unread(String path, int bufferBytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(bufferBytes);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** One event of a stream. */
    record Event(String name, String id, String data, long atNanos) {

        JsonObject json() {
            return JsonParser.parseString(data).getAsJsonObject();
        }
    }

    /** The events of a stream as they come. */
    final class Events implements AutoCloseable {

        private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
        private final InputStream in;

        private Events(String path, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            try {
                HttpResponse<InputStream> response =
                        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                assertThat(response.statusCode()).isEqualTo(200);
                in = response.body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            Thread reader = new Thread(this::read, "events");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (var lines = new java.io.BufferedReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8))) {
                String name = "";
                String id = "";
                String data = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("id: ")) {
                        id = line.substring(4);
                    } else if (line.startsWith("data: ")) {
                        data = line.substring(6);
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        queue.add(new Event(name, id, data, System.nanoTime()));
                        data = "";
                    }
                }
            } catch (IOException e) { // it was closed
            }
        }

        /** The next event of that name; others are left out. */
        Event next(String name) throws InterruptedException {
            while (true) {
                Event event = queue.poll(START.toSeconds(), TimeUnit.SECONDS);
                if (event == null) {
                    throw new AssertionError("there is no event " + name + "; " + process.output());
                }
                if (event.name().equals(name)) {
                    return event;
                }
            }
        }

        /** The next change of that device. */
        Event nextOf(String id) throws InterruptedException {
            Event event = next("change");
            while (!event.json().get("id").getAsString().equals(id)) {
                event = next("change");
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
