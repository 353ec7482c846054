// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import org.devstate.core.spi.LineLog;

/**
 * Names the clients that do not ask for TLS although Tigase requires it: they never log in, and Tigase's own log has no line about
 * them. Each address is named once. Thread-safe.
 */
public final class PlainLogins {

    private final NamedOnce addresses = new NamedOnce();
    private final LineLog log;

    /** @param log takes the warnings */
    public PlainLogins(LineLog log) {
        this.log = log;
    }

    /**
     * A client waits to log in, or tries to, and has not asked for TLS.
     *
     * @param address of the client
     */
    public void add(String address) {
        if (addresses.isNew(address)) {
            log.log("A client at " + address
                    + " does not ask for TLS, which this Tigase requires, and so never logs in."
                    + " If it is an Asterisk ('Waiting to authenticate'), set usetls = yes in its xmpp.conf, and then run"
                    + " 'core restart when convenient' there");
        }
    }
}
