// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/**
 * The reason why a connection failed, described for the administrator who must fix it.
 *
 * @param message the error and its remedy
 * @param lasting whether the error lasts until a configuration is changed
 */
public record LinkFault(String message, boolean lasting) {

    public static LinkFault of(LinkException e, LinkConfig config) {
        String server = config.server();
        StreamError rejection = e.rejection();
        if (rejection != null) {
            return rejected(rejection, server, config.address());
        }
        Throwable cause = rootCause(e);
        if (cause instanceof UnknownHostException) {
            return new LinkFault("unknown host '" + config.host() + "': check server.host", false);
        }
        if (cause instanceof ConnectException) {
            return new LinkFault(
                    "no component connections are accepted at " + server
                            + ": is the XMPP server running, with component connections enabled on that port?",
                    false);
        }
        if (cause instanceof SocketTimeoutException) {
            return new LinkFault(server + " does not answer: check server.host, server.port and firewalls", false);
        }
        if (cause instanceof EOFException) {
            return new LinkFault(
                    server + " closed the connection during the handshake: is that its component port?", false);
        }
        if (cause instanceof StanzaFrames.BrokenException) {
            return new LinkFault(
                    server + " is not an XMPP server (" + cause.getMessage() + "): is that its component port?", false);
        }
        return new LinkFault(server + ": " + cause.getMessage(), false);
    }

    private static LinkFault rejected(StreamError rejection, String server, String address) {
        String text = rejection.text().isEmpty() ? "" : " (" + rejection.text() + ")";
        return switch (rejection.condition()) {
            case "not-authorized" ->
                new LinkFault(
                        server + " rejects the secret of " + address + text
                                + ": component.secret must be the one that the XMPP server has for it",
                        true);
            case "host-unknown" ->
                new LinkFault(
                        server + " knows no component " + address + text
                                + ": check component.address, and that the XMPP server has a component of that name",
                        true);
            case "conflict" ->
                new LinkFault(
                        server + " has a component " + address + " connected already" + text
                                + ": stop the other one, or give this one another address",
                        false);
            default -> new LinkFault(server + " rejects: " + rejection.condition() + text, false);
        };
    }

    private static Throwable rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
