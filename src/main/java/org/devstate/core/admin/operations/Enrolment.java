// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.operations;

import org.devstate.core.model.Jid;
import org.devstate.core.settings.Settings;
import org.devstate.core.spi.Accounts;

/**
 * How new servers get their accounts, and where their Asterisk connects.
 *
 * @param service the address of the service, Asterisk's {@code pubsub_node}
 * @param accounts makes them
 * @param domain the domain of accounts that are given without
 * @param serverHost name or address of the XMPP server; empty for the domain of the account
 * @param serverPort of the server for clients
 */
public record Enrolment(Jid service, Accounts accounts, String domain, String serverHost, int serverPort) {

    /**
     * Returns an enrolment with the usual port at the server of each account, whose domain is that of the service without its first
     * label.
     */
    public static Enrolment at(Jid service, Accounts accounts) {
        return new Enrolment(
                service,
                accounts,
                parent(service.bare()),
                "",
                Settings.ENROLMENT_PORT.type().fallback());
    }

    /** The domain above one; itself if there is none. */
    public static String parent(String domain) {
        return domain.substring(domain.indexOf('.') + 1);
    }
}
