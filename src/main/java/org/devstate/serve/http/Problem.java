// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.util.Map;
import java.util.TreeMap;
import org.devstate.serve.json.Json;
import org.eclipse.jetty.http.HttpStatus;

/** An error answer (RFC 9457): a status, and a sentence with the error and its remedy. It has no stack trace. */
public final class Problem extends Exception {

    private static final long serialVersionUID = 1L;

    /** The type of its body. */
    static final String TYPE = "application/problem+json";

    private final int status;
    private final transient Map<String, String> headers;

    private Problem(int status, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** One of that status. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, Map.of());
    }

    /** A parameter, or a part of the path or body, is invalid. */
    public static Problem invalid(String detail) {
        return of(HttpStatus.BAD_REQUEST_400, detail);
    }

    /** The same with one more header. */
    public Problem with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Problem(status, detail(), more);
    }

    /** The status code, 400 to 599. */
    public int status() {
        return status;
    }

    /** The error and its remedy. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    BodyReply reply() {
        BodyReply reply = new BodyReply(status, TYPE, body(status, detail()));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    static byte[] body(int status, String detail) {
        return Json.bytes(json -> json.beginObject()
                .name("title")
                .value(HttpStatus.getMessage(status))
                .name("status")
                .value(status)
                .name("detail")
                .value(detail)
                .endObject());
    }
}
