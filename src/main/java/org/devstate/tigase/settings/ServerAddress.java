// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import org.devstate.core.settings.Settings;

/**
 * The address of this server for the Asterisk of a new server.
 *
 * @param host name or address; empty for the domain of the server's account
 */
public record ServerAddress(String host, int port) {

    /** At the domain of the account, at the usual port. */
    public static final ServerAddress DEFAULT =
            new ServerAddress("", Settings.ENROLMENT_PORT.type().fallback());
}
