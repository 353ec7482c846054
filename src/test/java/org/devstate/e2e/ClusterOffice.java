// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.devstate.bench.load.Address;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.devstate.core.testing.Xml;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Place;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.devstate.testbed.cluster.ClusterNetwork;
import org.devstate.testbed.cluster.TigaseCluster;
import org.junit.jupiter.api.Assumptions;

/**
 * Real Tigase nodes of one cluster on one PostgreSQL, with clients at each node. Nodes count from 1. The account admin is an administrator.
 */
final class ClusterOffice implements AutoCloseable {

    /** For what takes a moment; a busy machine gets more. */
    static final Duration SOON = Duration.ofSeconds(30);

    /** How many entries the command shows at once. */
    private static final String PART = "1000";

    private final Path folder;
    private final TigaseCluster cluster;

    private ClusterOffice(Path folder, TigaseCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    /**
     * Starts it; all nodes take clients and see each other when this returns. Without what it needs, the test is not run.
     *
     * @param test that uses it
     * @param sites how many places there are for an Asterisk that is not at a node
     * @param accounts that exist besides admin
     */
    static ClusterOffice open(Class<?> test, int nodes, int sites, HostSetup setup, String... accounts) {
        TigaseCluster.whyNot().ifPresent(reason -> {
            Assumptions.abort("NOT RUN: " + reason);
        });
        Path folder = Office.FOLDER.resolve(test.getSimpleName());
        TigaseCluster cluster = TigaseCluster.make(Tigase.home().orElseThrow(), folder, nodes, sites, setup);
        try {
            cluster.startAll();
            cluster.node(1).addAccount("admin");
            List.of(accounts).forEach(cluster.node(1)::addAccount);
            return new ClusterOffice(folder, cluster);
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    /** The folder of its files. */
    Path folder() {
        return folder;
    }

    TigaseCluster cluster() {
        return cluster;
    }

    ClusterNetwork network() {
        return cluster.network();
    }

    /** A plain client; the caller closes it. */
    ServiceClient login(int node, String user, String resource) {
        return ServiceClient.login(cluster.node(node), user, resource);
    }

    /** A subscriber; the caller closes it. */
    Witness witness(int node, String user) {
        return new Witness(login(node, user, "witness" + node));
    }

    /** Where a node takes clients. */
    Address address(int node) {
        Tigase tigase = cluster.node(node);
        return new Address(tigase.clientHost(), tigase.clientPort(), XmppServer.DOMAIN, tigase.service());
    }

    /** Starts an Asterisk with the account {@code pbx} and its number, in that place; the caller closes it. */
    Asterisk start(Release release, int number, Place place) {
        Testbed testbed = Testbed.find();
        Asterisk server = Asterisk.start(
                testbed, testbed.orOther(release), folder, "pbx" + number, number, cluster.node(1), place);
        try {
            server.awaitConnected(Office.CONNECT);
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** The same at a site, from which it reaches all nodes by one name; the first of them first. */
    Asterisk startAtSite(Release release, int number, int site) {
        return start(release, number, network().site(site, ClusterNetwork.COMMON_NAME));
    }

    /** A node that has been killed takes part again when this returns. */
    void startAgain(int node) {
        cluster.startAgain(node);
        cluster.node(node).awaitClients();
        cluster.awaitTogether();
    }

    /**
     * All entries of a node, by its command: the values by node, name and EID. devstatectl cannot be used, because Tigase redirects
     * it to the account's own node.
     */
    Map<String, String> entries(int node) {
        try (ServiceClient admin = login(node, "admin", "entries" + node)) {
            Map<String, String> entries = new TreeMap<>();
            String after = "";
            do {
                CommandAnswer part = run(admin, "devstate-entries", "", "max", PART, "after", after);
                part.rows()
                        .forEach(row -> entries.put(
                                row.get("node") + " " + row.get("id") + " " + row.get("eid"), row.get("value")));
                List<String> next = part.values("next");
                after = next == null ? "" : next.get(0);
            } while (!after.isEmpty());
            return entries;
        }
    }

    /**
     * Runs a command with those fields and values, at the node of the administrator's session.
     *
     * @param session of the command; empty for a new one
     */
    static CommandAnswer run(ServiceClient admin, String command, String session, String... fields) {
        XmlElement request = AdminFixture.command(command, session, "execute", AdminFixture.form(fields));
        return new CommandAnswer(
                admin.request("set", Xml.write(request.children().get(0))));
    }

    /** Waits until all those nodes have the same entries; returns them. */
    Map<String, String> awaitSameEntries(Duration limit, int... nodes) {
        Await.until(
                "the nodes have the same entries; see " + folder,
                limit,
                () -> IntStream.of(nodes).mapToObj(this::entries).distinct().count() == 1);
        return entries(nodes[0]);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
