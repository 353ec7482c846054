// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.packet.StreamError;
import org.jspecify.annotations.Nullable;

/**
 * The stream error with which a server sends a client to another host (RFC 6120, 4.9.3.19), as a node of a cluster does. The certificate of
 * that host must be valid for the domain of the account all the same. Stateless.
 */
final class Redirect {

    /** A name or an IPv4 address, or an IPv6 address in brackets; a port may follow. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s:\\[\\]/@]+))(?::(\\d{1,5}))?");

    private Redirect() {}

    /** The same login at the host that the server names; {@code null} if {@code thrown} is another error, or names none. */
    static @Nullable Login of(Login login, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamErrorException error
                    && error.getStreamError().getCondition() == StreamError.Condition.see_other_host) {
                return to(login, error.getStreamError().getConditionText());
            }
        }
        return null;
    }

    /** Without a port, the one that the login has. */
    static @Nullable Login to(Login login, @Nullable String address) {
        Matcher parts = ADDRESS.matcher(address == null ? "" : address.strip());
        if (!parts.matches()) {
            return null;
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        int port = parts.group(3) == null ? login.port() : Integer.parseInt(parts.group(3));
        return login.at(host, port);
    }
}
