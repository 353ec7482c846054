package org.devstate.ctl.command;

import java.time.Duration;
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
        return open(Duration.ZERO);
    }

    /**
     * Connects and logs in, for requests that the service may hold back; the caller closes it.
     *
     * @param longest how long the service may hold back an answer; the time-out of the settings comes on top
     */
    public Conversation open(Duration longest) throws Failure {
        Login patient = login.within(settings.timeout().plus(longest));
        return new Conversation(opener.open(patient), settings, names);
    }
}
