// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer with a body. The bytes are not copied, and they never change.
 *
 * @param status code
 * @param type of the body
 * @param body of it
 * @param headers beyond those that each answer has
 */
@SuppressWarnings("ArrayRecordComponent")
public record BodyReply(int status, String type, byte[] body, Map<String, String> headers) implements HttpReply {

    /** The type of JSON. */
    public static final String JSON = "application/json";

    private static final String CACHE = "Cache-Control";

    public BodyReply {
        headers = Map.copyOf(headers);
    }

    BodyReply(int status, String type, byte[] body) {
        this(status, type, body, Map.of(CACHE, "no-store"));
    }

    /** An answer of status 200 that is not to be stored. */
    public static BodyReply ok(String type, byte[] body) {
        return new BodyReply(200, type, body);
    }

    /** The same with one more header, in place of one of that name. */
    public BodyReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new BodyReply(status, type, body, more);
    }
}
