// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network that a server runs in.
 *
 * @param entry the command line before a command that runs there
 * @param listensAt the address at which an XMPP server there takes clients
 * @param xmppHost the address at which an Asterisk there finds its XMPP server
 * @param federatesAt the address at which an XMPP server there takes other servers; empty if it takes none
 * @param reachedAt the address at which this JVM reaches an XMPP server there; empty if it cannot
 */
public record Place(List<String> entry, String listensAt, String xmppHost, String federatesAt, String reachedAt) {

    private static final String LOOPBACK = "127.0.0.1";

    /** This machine's loopback interface. */
    public static final Place HERE = new Place(List.of(), LOOPBACK, LOOPBACK, "", LOOPBACK);

    /** This machine's loopback interface, from which an Asterisk reaches the XMPP server as this JVM does. */
    static Place hereTowards(XmppServer xmpp) {
        return new Place(List.of(), LOOPBACK, xmpp.clientHost(), "", LOOPBACK);
    }

    /** A network namespace (ip-netns(8)), in which a server takes clients from everywhere, because it is alone there. */
    static Place namespace(String name, String xmppHost) {
        return new Place(List.of("ip", "netns", "exec", name), "0.0.0.0", xmppHost, "", "");
    }

    /** This machine's loopback interface, with the name servers of {@code resolvConf}. */
    static Place withNames(Path resolvConf, String federatesAt) {
        String mount = "mount --bind " + resolvConf + " /etc/resolv.conf && exec \"$@\"";
        return new Place(
                List.of("unshare", "--mount", "sh", "-c", mount, "sh"), LOOPBACK, LOOPBACK, federatesAt, LOOPBACK);
    }

    /** The command that runs {@code command} there, with the same pid. */
    public List<String> in(List<String> command) {
        return Stream.concat(entry.stream(), command.stream()).toList();
    }
}
