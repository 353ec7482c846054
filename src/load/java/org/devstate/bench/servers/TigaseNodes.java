// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.Registration;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.devstate.testbed.cluster.TigaseCluster;

/**
 * A cluster of Tigase with the plugin, of one node or several, on one PostgreSQL. Clients log in at all nodes in turn, the publishers at
 * node 1 first, the subscribers at the last one.
 */
public final class TigaseNodes implements Contestant {

    private final TigaseCluster cluster;
    private final int count;

    private TigaseNodes(TigaseCluster cluster, int count) {
        this.cluster = cluster;
        this.count = count;
    }

    public static TigaseNodes start(Path home, Path folder, int count) {
        TigaseCluster cluster = TigaseCluster.make(home, folder, count, 0, Sites.SETUP);
        try {
            cluster.startAll();
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
        return new TigaseNodes(cluster, count);
    }

    @Override
    public String title() {
        return count == 1 ? "one node" : count + " nodes";
    }

    @Override
    public boolean takesPartIn(String measurement) {
        return Set.of("asterisk", "latency", "nodes").contains(measurement);
    }

    @Override
    public Address address() {
        return addressOf(1);
    }

    @Override
    public List<Address> publishersAt() {
        return IntStream.rangeClosed(1, count).mapToObj(this::addressOf).toList();
    }

    @Override
    public List<Address> subscribersAt() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(turn -> addressOf(count + 1 - turn))
                .toList();
    }

    @Override
    public List<XmppServer> asterisksAt() {
        return IntStream.rangeClosed(1, count)
                .<XmppServer>mapToObj(cluster::node)
                .toList();
    }

    private Address addressOf(int node) {
        Tigase tigase = cluster.node(node);
        return new Address(tigase.clientHost(), tigase.clientPort(), XmppServer.DOMAIN, tigase.service());
    }

    @Override
    public List<Long> pids() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(node -> cluster.node(node).pid())
                .toList();
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void prepare(EventLoop loop, List<String> users) {
        Registration.register(loop, address(), users);
    }

    /** Bytes that node 1 has sent to node 2 and received from it, by the counters of its interface; 0 if there is one node. */
    public long bytesBetween() {
        return count == 1 ? 0 : cluster.network().bytes(1, 2);
    }

    /** Kills the last node. */
    public void killLast() {
        cluster.kill(count);
    }

    /** Starts the killed one again, and waits until it takes clients. */
    public void startLast() {
        cluster.startAgain(count);
        cluster.node(count).awaitClients();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
