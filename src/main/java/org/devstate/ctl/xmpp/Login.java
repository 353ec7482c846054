// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The account and the server of a connection.
 *
 * @param user the local part of the account
 * @param domain its domain
 * @param password its password; never shown
 * @param host name or address of the XMPP server; {@code null} to ask DNS for that of the domain
 * @param port of the server for clients
 * @param certificate a PEM file with the only certificate that is trusted; {@code null} for those that Java trusts
 * @param timeout how long connecting may take in all, and how long each answer
 */
public record Login(
        String user,
        String domain,
        String password,
        @Nullable String host,
        int port,
        @Nullable Path certificate,
        Duration timeout) {

    /** The port of XMPP servers for clients (RFC 6120, 3.2.3). */
    public static final int DEFAULT_PORT = 5222;

    /** The bare address. */
    public String account() {
        return user + "@" + domain;
    }

    /** That of another account, at the same server. */
    public Login as(String otherUser, String otherDomain, String otherPassword) {
        return new Login(otherUser, otherDomain, otherPassword, host, port, certificate, timeout);
    }

    /** The same at another host. */
    Login at(String otherHost, int otherPort) {
        return new Login(user, domain, password, otherHost, otherPort, certificate, timeout);
    }

    /** The server's address, for people. */
    String server() {
        return host == null ? "the XMPP server of " + domain : host + ":" + port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return account() + " at " + server();
    }
}
