// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Writes answers: with the headers that protect a browser, compressed if the client takes that. Stateless. */
final class ReplyWriter {

    /** Bodies from this size on are compressed, in bytes. */
    private static final int LEAST_COMPRESSED = 1_400;

    private static final List<HttpField> SAFETY = List.of(
            new PreEncodedHttpField(
                    "Content-Security-Policy",
                    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"));

    private ReplyWriter() {}

    /** Adds the headers that each answer has. */
    static void addSafety(HttpFields.Mutable headers) {
        SAFETY.forEach(headers::put);
    }

    static void write(BodyReply reply, Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        reply.headers().forEach(headers::put);
        String etag = reply.headers().get("ETag");
        if (etag != null && etag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            response.write(true, null, callback);
            return;
        }
        response.setStatus(reply.status());
        byte[] body = reply.body();
        headers.put(HttpHeader.CONTENT_TYPE, reply.type());
        if (body.length >= LEAST_COMPRESSED && isText(reply.type())) {
            headers.put(HttpHeader.VARY, "Accept-Encoding");
            if (acceptsGzip(request.getHeaders().get(HttpHeader.ACCEPT_ENCODING))) {
                body = compress(body);
                headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
            }
        }
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean isHead = request.getMethod().equals("HEAD");
        response.write(true, isHead ? null : ByteBuffer.wrap(body), callback);
    }

    private static boolean isText(String type) {
        return !type.startsWith("image/png") && !type.startsWith("font/");
    }

    private static boolean acceptsGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String each : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = each.strip().split("\\s*;\\s*", -1);
            if (parts[0].equals("gzip") && !(parts.length > 1 && parts[1].matches("q=0(\\.0*)?"))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] compress(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
