// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.time.Duration;

/**
 * How to connect to the XMPP server.
 *
 * @param host name or address of the XMPP server
 * @param port port on which the XMPP server accepts components
 * @param address the service's own address, such as {@code devstate.example.net}
 * @param secret shared with the XMPP server
 * @param connectTimeout how long one attempt to connect may take
 */
public record LinkConfig(String host, int port, String address, String secret, Duration connectTimeout) {

    /** The XMPP server, for people: host and port. */
    public String server() {
        return host + ":" + port;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "component " + address + " at " + server();
    }
}
