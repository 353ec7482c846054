// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import org.jspecify.annotations.Nullable;

/** Whether Tigase asks its clients for answers that an Asterisk never gives. Stateless. */
public final class ServerPings {

    private ServerPings() {}

    /**
     * A line for the administrator; {@code null} if that setting does no harm.
     *
     * @param watchdogPingType the setting {@code watchdog-ping-type} of c2s; {@code null} if this Tigase has none
     */
    public static @Nullable String warning(@Nullable Object watchdogPingType) {
        if (watchdogPingType == null || !watchdogPingType.toString().equals("XMPP")) {
            return null;
        }
        return "The watchdog of c2s sends XMPP pings, which Asterisk does not answer: Tigase disconnects every Asterisk that sends"
                + " nothing for the time maxInactivityTime of c2s, again and again. In etc/config.tdsl, give the bean c2s: 'watchdog-ping-type' = 'WHITESPACE'";
    }
}
