// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on a free port, to which webhooks post. It queues the requests; each is answered by the test. */
public final class WebhookFixture implements AutoCloseable {

    public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** A request that has arrived; it is answered by {@link #answer}. */
    public static final class Request {

        private final HttpExchange exchange;
        public final String body;

        private Request(HttpExchange exchange) throws IOException {
            this.exchange = exchange;
            this.body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        }

        public String method() {
            return exchange.getRequestMethod();
        }

        public String path() {
            return exchange.getRequestURI().toString();
        }

        public String header(String name) {
            return String.valueOf(exchange.getRequestHeaders().getFirst(name));
        }

        /** In lower case. */
        Set<String> headerNames() {
            return exchange.getRequestHeaders().keySet().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
        }

        public String id() {
            return header("webhook-id");
        }

        public JsonObject data() {
            return JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("data");
        }

        /** The names and values of its changes, such as {@code SIP/1=BUSY}. */
        public String changes() {
            StringBuilder text = new StringBuilder(data().get("reset").getAsBoolean() ? "reset" : "");
            data().getAsJsonArray("changes").forEach(each -> text.append(text.isEmpty() ? "" : " ")
                    .append(each.getAsJsonObject().get("id").getAsString())
                    .append('=')
                    .append(each.getAsJsonObject().get("value").getAsString()));
            return text.toString();
        }

        /**
         * Answers it without a body.
         *
         * @param headers names and values in turn
         */
        public void answer(int status, String... headers) throws IOException {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    /** Without TLS. */
    public WebhookFixture() throws IOException {
        this(null);
    }

    /** @param tls {@code null} for none */
    WebhookFixture(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = https;
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> requests.add(new Request(exchange)));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** The next request. */
    public Request next() throws InterruptedException {
        Request request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request has arrived");
        }
        return request;
    }

    /** Whether no request has arrived that was not taken. */
    boolean isIdle() {
        return requests.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
