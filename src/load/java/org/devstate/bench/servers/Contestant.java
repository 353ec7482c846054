// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/** A running server that is measured. */
public interface Contestant extends AutoCloseable {

    /** Tests read it; it would count as time that a change takes. */
    String NO_LOG_OF_STANZAS = "debug = no";

    /** By which name it stands in the table. */
    String title();

    /** Whether clients can log in, as they can at an XMPP server. */
    default boolean takesClients() {
        return true;
    }

    Address address();

    /** Where publishers log in, in turn: all nodes, if it is a cluster. */
    default List<Address> publishersAt() {
        return List.of(address());
    }

    /** Where subscribers log in, in turn; the first one at another node than the first publisher, if there is one. */
    default List<Address> subscribersAt() {
        return List.of(address());
    }

    /** Whether it is asked that; a server may be there for some questions only. */
    default boolean takesPartIn(String measurement) {
        return true;
    }

    /** The processes that do the work. */
    List<Long> pids();

    /** The server to configure a real Asterisk for; none if that needs more than an account. */
    default Optional<XmppServer> xmpp() {
        return Optional.empty();
    }

    /** The servers to configure real Asterisk servers for, in turn: all nodes, if it is a cluster. None if there is no {@link #xmpp}. */
    default List<XmppServer> asterisksAt() {
        return xmpp().stream().toList();
    }

    /**
     * Starts two real Asterisk servers that share their states through it; in a cluster, at two nodes. None if they need more than accounts.
     *
     * @param devices names that both watch
     */
    default Optional<AsteriskPair> startAsterisks(Path folder, List<String> devices) {
        List<XmppServer> servers = asterisksAt();
        if (servers.isEmpty()) {
            return Optional.empty();
        }
        XmppServer last = servers.get(servers.size() - 1);
        return Optional.of(AsteriskPair.of(
                () -> start(AsteriskPair.PUBLISHER, 1, servers.get(0), folder, devices),
                () -> start(AsteriskPair.SUBSCRIBER, 2, last, folder, devices),
                Asterisk::isConnected));
    }

    private static Asterisk start(String user, int number, XmppServer xmpp, Path folder, List<String> devices) {
        return Asterisk.startConsuming(
                Testbed.find(), Release.V22, folder, user, number, xmpp, devices, NO_LOG_OF_STANZAS);
    }

    /** Whether ours is in it or beside it: it coalesces, sends snapshots, and removes withdrawn entries. */
    boolean isOurs();

    /** The process whose heap holds the entries; 0 if it is not ours. */
    default long heapPid() {
        return 0;
    }

    /** Makes accounts whose passwords are their names, and prepares them to share states. */
    void prepare(EventLoop loop, List<String> users);

    /** Ends it and starts it again, with its accounts. Returns whether that is possible. */
    default boolean restart() {
        return false;
    }

    @Override
    void close();
}
