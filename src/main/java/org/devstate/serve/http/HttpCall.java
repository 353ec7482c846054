// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.devstate.serve.security.Caller;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request that matched a route. Used by one thread. */
public final class HttpCall {

    /** The longest body, in bytes. */
    private static final int MOST_BYTES = 8 * 1024;

    private final Request request;
    private final Caller caller;
    private final Map<String, String> path;
    private final Map<String, String> query;

    HttpCall(Request request, Caller caller, Map<String, String> path, Map<String, String> query) {
        this.request = request;
        this.caller = caller;
        this.path = Map.copyOf(path);
        this.query = Map.copyOf(query);
    }

    /** The sender, with its rights. */
    public Caller caller() {
        return caller;
    }

    /** The part of the path that the route has in braces. */
    public String path(String name) {
        return path.getOrDefault(name, "");
    }

    /** A parameter of the query; {@code null} if it is not given. */
    public @Nullable String query(String name) {
        return query.get(name);
    }

    /** A header; {@code null} if it is not given. */
    public @Nullable String header(String name) {
        return request.getHeaders().get(name);
    }

    /** The body as text. */
    public String body() throws Problem {
        try (InputStream in = Request.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Problem.of(
                        HttpStatus.PAYLOAD_TOO_LARGE_413, "the body may have " + MOST_BYTES + " bytes at most");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Problem.invalid("the body did not arrive: " + e.getMessage());
        }
    }
}
