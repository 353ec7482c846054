// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Names of this machine, as Asterisk servers may look them up. Stateless. */
final class HostNames {

    /** An address for documentation (RFC 5737): no datagram is sent to it, and no host has it. */
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

    private HostNames() {}

    /** Whether this machine can resolve a name; addresses need not be resolved. */
    static boolean isKnown(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address from which this machine would reach others; {@code fallback} if it has none. */
    static String ownAddress(String fallback) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(ELSEWHERE);
            InetAddress own = socket.getLocalAddress();
            return own.isAnyLocalAddress() || own.isLoopbackAddress() ? fallback : own.getHostAddress();
        } catch (IOException | UncheckedIOException e) {
            return fallback;
        }
    }

    /** A sentence about a name that is not known. */
    static String warning(String host) {
        String own = ownAddress("");
        return "this machine cannot resolve the name " + host + "; an Asterisk server that cannot do so either does not"
                + " find the XMPP server"
                + (own.isEmpty() ? "" : ". The address of this machine is " + own + " (--server-host " + own + ")");
    }
}
