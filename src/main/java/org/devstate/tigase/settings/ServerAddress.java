package org.devstate.tigase.settings;

import java.util.regex.Pattern;
import org.devstate.core.admin.servers.Enrolment;

/**
 * The address of this server for the Asterisk of a new server.
 *
 * @param host name or address; empty for the domain of the server's account
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {

    /** At the domain of the account, at the usual port. */
    public static final ServerAddress DEFAULT = new ServerAddress("", Enrolment.DEFAULT_PORT);

    private static final int LAST_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:-]*");

    /** The same with another host. */
    public ServerAddress withHost(String changed) {
        if (!HOST.matcher(changed).matches()) {
            throw new IllegalArgumentException("must be a name such as xmpp.example.net, not '" + changed + "'");
        }
        return new ServerAddress(changed, port);
    }

    /** The same with another port. */
    public ServerAddress withPort(long changed) {
        if (changed < 1 || changed > LAST_PORT) {
            throw new IllegalArgumentException("must be within 1.." + LAST_PORT + ", not " + changed);
        }
        return new ServerAddress(host, (int) changed);
    }
}
