// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.Await;
import org.devstate.testbed.FreePort;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;

/** A real Prometheus with a configuration of its own. */
public final class PrometheusServer implements AutoCloseable {

    /** The name by which {@code scripts/testbed} brings it. */
    public static final String NAME = "prometheus";

    private static final Duration START = Duration.ofSeconds(20);

    private final ServerProcess process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    private PrometheusServer(ServerProcess process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it with its files in {@code folder}. If it cannot be had here, the calling test is reported as skipped. */
    public static PrometheusServer start(Testbed testbed, Path folder, Path configuration) {
        int port = FreePort.find();
        List<String> command = List.of(
                testbed.server(NAME).resolve("bin/prometheus").toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data-" + port), // of this run alone
                "--web.listen-address=127.0.0.1:" + port);
        PrometheusServer server = new PrometheusServer(
                ServerProcess.start(folder, folder.resolve("prometheus.log"), Map.of(), command),
                "http://127.0.0.1:" + port + "/");
        try {
            Await.until("Prometheus is ready; see " + folder, START, server::isReady);
            return server;
        } catch (AssertionError | IllegalStateException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Runs promtool to its end.
     *
     * @return its output
     * @throws IllegalStateException if it ends with another status than 0; the message has its output
     */
    public static String promtool(Testbed testbed, Path folder, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(testbed.server(NAME).resolve("bin/promtool").toString());
        command.addAll(List.of(arguments));
        return ServerProcess.run(folder, Map.of(), command);
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus ended: " + process.output());
        }
        try {
            return send("-/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false; // it does not listen yet
        }
    }

    /**
     * The series that an expression gives, as the API of Prometheus has them: each with {@code metric} and {@code value}.
     *
     * @throws IllegalStateException if the expression is invalid; the message has the reason
     */
    public JsonArray query(String expression) {
        return answer("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8), "result");
    }

    /** The alerts that are pending or firing. */
    public JsonArray alerts() {
        return answer("api/v1/alerts", "alerts");
    }

    private JsonArray answer(String path, String part) {
        String body = send(path).body();
        if (!body.startsWith("{\"status\":\"success\"")) {
            throw new IllegalStateException(path + ": " + body);
        }
        return JsonParser.parseString(body)
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray(part);
    }

    private HttpResponse<String> send(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
