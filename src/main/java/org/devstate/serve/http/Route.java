// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One path, one method.
 *
 * @param method such as {@code GET}, which serves {@code HEAD}, too
 * @param path such as {@code /api/v1/entries/{node}/{id}}; the last part in braces takes the rest of the path, slashes included
 * @param need of the caller
 * @param parameters that the query may have
 * @param handler of the requests
 */
public record Route(String method, String path, Need need, List<String> parameters, RouteHandler handler) {

    /** What a request needs. */
    public enum Need {
        /** Nothing, not even a password. */
        NOTHING,
        /** The right to look; what is shown follows from the sites of the caller. */
        LOOK,
        /** The right to look; and it takes the service's time, so that it is rate limited. */
        LOOK_LIVE,
        /** The right to look at all sites, because what is shown is of no site. */
        LOOK_AT_ALL,
        /** The right to set. */
        SET
    }

    public Route {
        parameters = List.copyOf(parameters);
    }

    /** The parts of the path in braces, by their names; {@code null} if it is another path. */
    @Nullable
    Map<String, String> match(List<String> segments) {
        List<String> own = List.of(path.substring(1).split("/", -1));
        boolean isOpen = own.get(own.size() - 1).startsWith("{");
        if (segments.size() < own.size() || (segments.size() > own.size() && !isOpen)) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < own.size(); i++) {
            String name = own.get(i);
            if (name.startsWith("{")) {
                String value =
                        i < own.size() - 1 ? segments.get(i) : String.join("/", segments.subList(i, segments.size()));
                values.put(name.substring(1, name.length() - 1), value);
            } else if (!name.equals(segments.get(i))) {
                return null;
            }
        }
        return values;
    }
}
