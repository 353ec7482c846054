package org.devstate.testbed.browser;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;

/** A real Chromium without windows, with a profile of its own. */
public final class Chromium implements AutoCloseable {

    /** The name by which {@code scripts/testbed} brings it. */
    public static final String NAME = "chromium";

    private static final Duration START = Duration.ofSeconds(30);

    private final ServerProcess process;
    private final int port;

    private Chromium(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it, with its files in {@code folder}. If it cannot be had here, the calling test is reported as skipped. */
    public static Chromium start(Testbed testbed, Path folder) {
        Path program = testbed.server(NAME).resolve("bin").resolve(NAME);
        Path profile = folder.resolve("profile");
        ServerProcess process = ServerProcess.start(
                folder,
                folder.resolve("chromium.log"),
                Map.of("HOME", folder.toString(), "TZ", "Europe/Berlin", "LANGUAGE", "en_GB"),
                List.of(
                        program.toString(),
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--lang=en-GB",
                        "--no-first-run",
                        "about:blank"));
        try {
            Await.until("Chromium is up; see " + folder, START, () -> process.output()
                    .contains("DevTools listening on"));
            String line =
                    process.output().replaceAll("(?s).*DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/.*", "$1");
            return new Chromium(process, Integer.parseInt(line));
        } catch (AssertionError | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Opens a page of that size in pixels; the caller closes it. */
    public Page open(String address, int width, int height) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            String made = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            String socket = JsonParser.parseString(made)
                    .getAsJsonObject()
                    .get("webSocketDebuggerUrl")
                    .getAsString();
            Page page = new Page(new DevTools(URI.create(socket)));
            page.resize(width, height);
            page.go(address);
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Writes a picture of a page. */
    public static void save(byte[] png, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
