// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Login;

/** Opens connections to one service, with one account. Thread-safe. */
public final class ConversationOpener {

    private final ServiceOpener opener;
    private final ConnectionSettings settings;
    private final Login login;
    private final CommandNames names;

    ConversationOpener(ServiceOpener opener, ConnectionSettings settings, Login login, CommandNames names) {
        this.opener = opener;
        this.settings = settings;
        this.login = login;
        this.names = names;
    }

    /** The address of the service. */
    public String service() {
        return settings.service();
    }

    /** Connects and logs in; the caller closes it. */
    public Conversation open() throws Failure {
        return new Conversation(opener.open(login), settings, names);
    }
}
