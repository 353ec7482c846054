// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import org.devstate.core.spi.LineLog;

/** Logs the accounts in whose name an external component has sent requests, each account once. Thread-safe. */
public final class ForgedSenders {

    private final NamedOnce accounts = new NamedOnce();
    private final LineLog log;

    /** @param log takes the warnings */
    public ForgedSenders(LineLog log) {
        this.log = log;
    }

    /** A request with that sender, which is not of a session of the account, was dropped. */
    public void add(String account) {
        if (accounts.isNew(account)) {
            log.log("A request from " + account + " was dropped: no session of that account has sent it."
                    + " An external component of this Tigase writes senders that are not its own;"
                    + " look for it among the components of the bean ext in etc/config.tdsl");
        }
    }
}
