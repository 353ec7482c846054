// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a request's URI, decoded (RFC 3986, 2.1). Stateless. */
final class UriParts {

    private UriParts() {}

    /** The segments of a path that begins with a slash; an encoded slash is part of its segment. */
    static List<String> segments(String path) throws Problem {
        List<String> segments = new ArrayList<>();
        for (String each : path.substring(Math.min(1, path.length())).split("/", -1)) {
            segments.add(decode(each));
        }
        return segments;
    }

    /** The parameters of a query. A parameter may be given once. */
    static Map<String, String> query(@Nullable String query) throws Problem {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode((equals < 0 ? pair : pair.substring(0, equals)).replace('+', ' '));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1).replace('+', ' '));
            if (parameters.put(name, value) != null) {
                throw Problem.invalid("the parameter '" + name + "' is given twice");
            }
        }
        return parameters;
    }

    private static String decode(String text) throws Problem {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out[length++] = in[i];
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw Problem.invalid("'" + text + "' has a % that is not followed by two hex digits; write it as %25");
            }
            out[length++] = (byte) (high * 16 + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.invalid("'" + text + "' is not UTF-8");
        }
    }
}
