// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request was meant for this server. A page of another site can have a browser send requests here, by a name of that site's own
 * that it lets point to this machine (DNS rebinding), or as another origin. Immutable.
 */
public final class RequestOrigin {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names;

    private RequestOrigin(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /** Requests must name this machine as {@code localhost}, by a local address, or by {@code name}. */
    public static RequestOrigin local(String name) {
        Set<String> names = new TreeSet<>(LOCAL);
        names.add(name.toLowerCase(Locale.ROOT));
        return new RequestOrigin(names);
    }

    /** Requests may name this machine in any way, because each needs a password or a token. */
    public static RequestOrigin any() {
        return new RequestOrigin(Set.of());
    }

    /** Whether a request with that header {@code Host} is answered. */
    public boolean isForThisHost(@Nullable String host) {
        return names.isEmpty() || (host != null && names.contains(name(host)));
    }

    /**
     * Whether a request that changes something comes from a page of this server, or from no page.
     *
     * @param host the header {@code Host}
     * @param origin the header {@code Origin}
     * @param site the header {@code Sec-Fetch-Site}
     */
    public boolean mayChange(@Nullable String host, @Nullable String origin, @Nullable String site) {
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        if (origin == null) {
            return true;
        }
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String name(String host) {
        int port = host.lastIndexOf(':');
        String name = port < 0 || host.endsWith("]") ? host : host.substring(0, port);
        return name.toLowerCase(Locale.ROOT);
    }
}
