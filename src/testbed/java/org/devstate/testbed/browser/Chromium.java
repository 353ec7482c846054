// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.browser;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;

/** A real Chromium without windows, with a profile of its own. */
public final class Chromium implements AutoCloseable {

    /** The name by which {@code scripts/testbed} brings it. */
    public static final String NAME = "chromium";

    private static final Duration START = Duration.ofSeconds(30);

    private static final Pattern ADDRESS =
            Pattern.compile("DevTools listening on (ws://127\\.0\\.0\\.1:\\d+)(/\\S+)\\R");

    private final ServerProcess process;
    private final String address;
    private final URI control;

    private Chromium(ServerProcess process, String address, String path) {
        this.process = process;
        this.address = address;
        this.control = URI.create(address + path);
    }

    /**
     * Starts it, with its files in {@code folder}. If it cannot be had here, the calling test is reported as skipped.
     *
     * @param options more options of its command line
     */
    public static Chromium start(Testbed testbed, Path folder, String... options) {
        Path program = testbed.server(NAME).resolve("bin").resolve(NAME);
        Path profile = folder.resolve("profile");
        ServerProcess process = ServerProcess.start(
                folder,
                folder.resolve("chromium.log"),
                Map.of("HOME", folder.toString(), "TZ", "Europe/Berlin"),
                Stream.concat(
                                Stream.of(
                                        program.toString(),
                                        "--remote-debugging-port=0",
                                        "--user-data-dir=" + profile,
                                        "--no-first-run"),
                                Stream.concat(Stream.of(options), Stream.of("about:blank")))
                        .toList());
        try {
            Await.until("Chromium is up; see " + folder, START, () -> ADDRESS.matcher(process.output())
                    .find());
            Matcher found = ADDRESS.matcher(process.output());
            if (!found.find()) {
                throw new IllegalStateException("Chromium has no address: " + process.output());
            }
            return new Chromium(process, found.group(1), found.group(2));
        } catch (AssertionError | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** Opens a page of that size in pixels; the caller closes it. */
    public Page open(String url, int width, int height) {
        return open(url, width, height, new JsonObject());
    }

    /** The same as another person's browser: it knows no login of another page. */
    public Page openApart(String url, int width, int height) {
        try (DevTools tools = new DevTools(control)) {
            return open(url, width, height, tools.run("Target.createBrowserContext", new JsonObject()));
        }
    }

    /** @param parameters of the new page; this method changes them */
    private Page open(String url, int width, int height, JsonObject parameters) {
        parameters.addProperty("url", "about:blank");
        try (DevTools tools = new DevTools(control)) {
            String page =
                    tools.run("Target.createTarget", parameters).get("targetId").getAsString();
            Page opened = new Page(new DevTools(URI.create(address + "/devtools/page/" + page)));
            opened.resize(width, height);
            opened.go(url);
            return opened;
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
