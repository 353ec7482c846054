// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The connection to one page by the Chrome DevTools Protocol: commands, and what the browser complains of. Thread-safe. */
final class DevTools implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    /** Connects to a page. */
    DevTools(URI page) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, this)
                .join();
    }

    /**
     * Runs a command and returns its result.
     *
     * @throws IllegalStateException if the browser answers with an error, or not at all
     */
    JsonObject run(String method, JsonObject parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        pending.put(number, answer);
        JsonObject command = new JsonObject();
        command.addProperty("id", number);
        command.addProperty("method", method);
        command.add("params", parameters);
        socket.sendText(command.toString(), true).join();
        try {
            JsonObject answered = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answered.has("error")) {
                throw new IllegalStateException(method + ": " + answered.get("error"));
            }
            return answered.getAsJsonObject("result");
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("the browser did not answer " + method, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pending.remove(number);
        }
    }

    /** Errors of scripts and violations of the page's security policy so far. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
        partial.append(text);
        if (isLast) {
            receive(JsonParser.parseString(partial.toString()).getAsJsonObject());
            partial.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void receive(JsonObject message) {
        JsonElement number = message.get("id");
        if (number != null) {
            CompletableFuture<JsonObject> answer = pending.get(number.getAsInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        String method = message.get("method").getAsString();
        JsonObject parameters = message.getAsJsonObject("params");
        if (method.equals("Runtime.exceptionThrown")) {
            complaints.add(parameters.get("exceptionDetails").toString());
        } else if (method.equals("Log.entryAdded")) {
            JsonObject entry = parameters.getAsJsonObject("entry");
            boolean isNetwork = entry.get("source")
                    .getAsString()
                    .equals("network"); // a server that is down is no error of the page
            if (!isNetwork && entry.get("level").getAsString().equals("error")) {
                complaints.add(entry.get("text").getAsString());
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
