// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Postgres;
import org.devstate.testbed.Tigase;

/** Two or three real Tigase nodes with the plugin, on one PostgreSQL, each in a network namespace of its own. Nodes count from 1. */
public final class TigaseCluster implements AutoCloseable {

    /** Each of two nodes opens five connections to the other. */
    private static final int CONNECTIONS = 10;

    /** A node reads the table of the nodes every 15 s, and connects 5 s later; a machine that is busy gets as much again. */
    private static final Duration JOINED = Duration.ofSeconds(60);

    private final Path folder;
    private final ClusterNetwork network;
    private final List<Tigase> nodes = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ClusterDatabase database;

    private TigaseCluster(Path home, Path folder, int count, int sites, HostSetup setup) {
        this.folder = folder;
        network = opened(ClusterNetwork.open(folder.resolve("network"), count, sites));
        try {
            database = opened(ClusterDatabase.start(folder.resolve("postgres"), network.database()));
            Tigase.makeNode(
                    home,
                    folder(1),
                    ClusterNetwork.name(1),
                    setup.withDatabase(database.url()),
                    ClusterDatabase.urlForNodes());
            for (int node = 2; node <= count; node++) {
                Tigase.copyNode(folder(1), folder(node), ClusterNetwork.name(node));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> whyNot() {
        return Postgres.canRun() ? ClusterNetwork.whyNot() : Optional.of("PostgreSQL cannot be run here");
    }

    /**
     * Makes everything but starts no node; see {@link #startAll}.
     *
     * @param home the installation to copy
     * @param sites how many places there are for an Asterisk that is not at a node
     */
    public static TigaseCluster make(Path home, Path folder, int nodes, int sites, HostSetup setup) {
        return new TigaseCluster(home, folder, nodes, sites, setup);
    }

    /** Starts the nodes that have not been started yet, and waits until all take clients and see each other. */
    public TigaseCluster startAll() {
        IntStream.rangeClosed(nodes.size() + 1, network.nodes()).forEach(node -> startNext());
        nodes.forEach(Tigase::awaitClients);
        awaitTogether();
        return this;
    }

    /** Starts the next node that has never been started; it joins in its own time. */
    public Tigase startNext() {
        int node = nodes.size() + 1;
        nodes.add(opened(Tigase.startNode(folder(node), ClusterNetwork.name(node), network.node(node))));
        return node(node);
    }

    /** A node that has been started. */
    public Tigase node(int node) {
        return nodes.get(node - 1);
    }

    public ClusterNetwork network() {
        return network;
    }

    public ClusterDatabase database() {
        return database;
    }

    /** Stops a node in good order: it takes itself out of the table of the nodes. */
    public void stop(int node) {
        node(node).close();
    }

    /** As {@code kill -9} of a node. */
    public void kill(int node) {
        node(node).parts().get(0).kill().run();
    }

    /** Starts a node again that has been stopped or killed; it joins in its own time. */
    public void startAgain(int node) {
        node(node).parts().get(0).start().run();
    }

    /** Waits until all nodes that run have all their connections to each other. */
    public Duration awaitTogether() {
        return Await.until("the nodes see each other; see " + folder, JOINED, this::areTogether);
    }

    /** Waits until a node has no connection to another one. */
    public Duration awaitApart(int node, int other, Duration limit) {
        return Await.until(
                "node" + node + " has lost node" + other, limit, () -> network.connections(node, other) == 0);
    }

    private boolean areTogether() {
        int[] running = IntStream.rangeClosed(1, nodes.size())
                .filter(node -> node(node).isAlive())
                .toArray();
        for (int node : running) {
            for (int other : running) {
                if (node != other && network.connections(node, other) < CONNECTIONS) {
                    return false;
                }
            }
        }
        return true;
    }

    private Path folder(int node) {
        return folder.resolve(ClusterNetwork.name(node)).toAbsolutePath();
    }

    private <T extends AutoCloseable> T opened(T one) {
        opened.add(one);
        return one;
    }

    /** Closes all of it, whatever fails on the way. */
    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("could not close all of the cluster in " + folder);
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        opened.clear();
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
