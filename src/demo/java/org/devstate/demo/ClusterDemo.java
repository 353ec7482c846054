// SPDX-License-Identifier: Apache-2.0
package org.devstate.demo;

import static org.devstate.demo.ProgressLines.awaitState;
import static org.devstate.demo.ProgressLines.change;
import static org.devstate.demo.ProgressLines.millisSince;
import static org.devstate.demo.ProgressLines.pause;
import static org.devstate.demo.ProgressLines.print;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Place;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.cluster.ClusterNetwork;
import org.devstate.testbed.cluster.TigaseCluster;

/**
 * Starts two Tigase nodes of one cluster and an Asterisk at each, kills one node, and shows that its Asterisk goes on at the other one. All
 * that it starts ends with it.
 */
final class ClusterDemo {

    private static final HostSetup SETUP = HostSetup.inTigase("'asterisk-accounts' = [ 'pbx*@example.net' ]\n");
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration MOVE = Duration.ofSeconds(30);
    private static final String PARIS_PHONE = "Custom:agent1";
    private static final String BERLIN_PHONE = "Custom:agent2";
    private static final int PARIS_NODE = 1;
    private static final int BERLIN_NODE = 2;

    private final Path folder;

    ClusterDemo(Path folder) {
        this.folder = folder;
    }

    /** @param keep whether all of it stays up at the end, until the process is ended */
    void run(boolean keep) throws InterruptedException {
        TigaseCluster.whyNot().ifPresent(reason -> {
            throw new IllegalStateException("a cluster cannot be shown here: " + reason);
        });
        Path home = Tigase.home()
                .orElseThrow(() -> new IllegalStateException("a cluster needs a Tigase; set TIGASE_HOME to one"));
        print("making a network, a PostgreSQL database and two nodes of Tigase; this takes about 15 s");
        try (TigaseCluster cluster = TigaseCluster.make(home, folder.resolve("cluster"), 2, 2, SETUP)) {
            print("starting node1 and node2; they need about 20 s until they have found each other");
            cluster.startAll();
            print("both nodes are up and connected to each other");
            cluster.node(1).addAccount("pbx-paris");
            cluster.node(1).addAccount("pbx-berlin");
            try (Asterisk paris = startParis(cluster);
                    Asterisk berlin = startBerlin(cluster)) {
                statesCross(paris, berlin);
                killNode(cluster, paris, berlin);
                statesGoOn(paris, berlin);
                bringNodeBack(cluster, paris, berlin);
                if (keep) {
                    explain(cluster, paris, berlin);
                    new CountDownLatch(1).await();
                }
                print("stopping everything");
            }
        }
    }

    /** Its serverhost is one name with the addresses of both nodes, that of node 1 first. */
    private Asterisk startParis(TigaseCluster cluster) {
        Place place = cluster.network().site(1, ClusterNetwork.COMMON_NAME);
        return startPbx(Release.V22, "pbx-paris", 1, cluster, PARIS_NODE, place);
    }

    private Asterisk startBerlin(TigaseCluster cluster) {
        Place place = cluster.network().site(2, ClusterNetwork.name(BERLIN_NODE));
        return startPbx(Release.V16, "pbx-berlin", 2, cluster, BERLIN_NODE, place);
    }

    private Asterisk startPbx(Release release, String name, int number, TigaseCluster cluster, int node, Place place) {
        Testbed testbed = Testbed.find();
        Asterisk pbx =
                Asterisk.start(testbed, testbed.orOther(release), folder, name, number, cluster.node(node), place);
        pbx.awaitConnected(START);
        awaitClients(cluster, node, 1, START);
        print(pbx.title() + ", with serverhost = " + place.xmppHost() + ", is connected to node" + node);
        return pbx;
    }

    private static void statesCross(Asterisk paris, Asterisk berlin) throws InterruptedException {
        print("");
        print("Each queue has a member whose phone is at the other site: its state crosses from node to node.");
        change(berlin, paris, BERLIN_PHONE, "NOT_INUSE", "(Not in use)");
        change(berlin, paris, BERLIN_PHONE, "RINGING", "(Ringing)");
        change(berlin, paris, BERLIN_PHONE, "INUSE", "(In use)");
        change(paris, berlin, PARIS_PHONE, "NOT_INUSE", "(Not in use)");
        change(paris, berlin, PARIS_PHONE, "INUSE", "(In use)");
    }

    private static void killNode(TigaseCluster cluster, Asterisk paris, Asterisk berlin) throws InterruptedException {
        print("");
        print("Now node1 dies, in the middle of a call in Paris, and the call ends before Paris is connected again.");
        pause();
        print("kill -9 " + cluster.node(PARIS_NODE).pid() + ", which is node1");
        long killed = System.nanoTime();
        cluster.kill(PARIS_NODE);
        print("    " + berlin.title() + ", as before: " + berlin.queueMember(PARIS_PHONE));
        print(paris.title() + ", not connected: devstate change " + PARIS_PHONE + " NOT_INUSE");
        paris.setDeviceState(PARIS_PHONE, "NOT_INUSE");
        awaitClients(cluster, BERLIN_NODE, 2, MOVE);
        print(paris.title() + " has connected to node2, " + millisSince(killed) + " ms after the kill");
        awaitState(berlin, PARIS_PHONE, "(Not in use)", MOVE);
        print("    " + berlin.title() + ", " + millisSince(killed) + " ms after the kill: "
                + berlin.queueMember(PARIS_PHONE));
        print("    " + paris.title() + ": " + paris.queueMember(BERLIN_PHONE));
    }

    private static void statesGoOn(Asterisk paris, Asterisk berlin) throws InterruptedException {
        print("");
        print("States go on, with both at node2.");
        change(berlin, paris, BERLIN_PHONE, "NOT_INUSE", "(Not in use)");
        change(paris, berlin, PARIS_PHONE, "BUSY", "(Busy)");
        change(berlin, paris, BERLIN_PHONE, "ONHOLD", "(On Hold)");
    }

    private static void bringNodeBack(TigaseCluster cluster, Asterisk paris, Asterisk berlin)
            throws InterruptedException {
        print("");
        print("Now node1 is started again; it needs about 20 s to find node2, and then receives all states from it.");
        cluster.startAgain(PARIS_NODE);
        cluster.node(PARIS_NODE).awaitClients();
        cluster.awaitTogether();
        awaitClients(cluster, BERLIN_NODE, 2, START);
        print("node1 is back; " + paris.title() + " is still connected to node2, and is restarted now");
        paris.restart(START);
        awaitClients(cluster, PARIS_NODE, 1, START);
        print(paris.title() + " is connected to node1");
        awaitState(paris, BERLIN_PHONE, "(On Hold)", MOVE);
        print("    " + paris.title() + ", from node1: " + paris.queueMember(BERLIN_PHONE));
        change(paris, berlin, PARIS_PHONE, "NOT_INUSE", "(Not in use)");
        print("");
    }

    private static void awaitClients(TigaseCluster cluster, int node, int clients, Duration limit) {
        Await.until(
                "node" + node + " has " + clients + " clients",
                limit,
                () -> cluster.network().clients(node) == clients);
    }

    private void explain(TigaseCluster cluster, Asterisk paris, Asterisk berlin) {
        print("It stays up until you press Ctrl-C. To look inside:");
        print("  " + paris.title() + ": " + paris.howToLookInside());
        print("  " + berlin.title() + ": " + berlin.howToLookInside());
        print("    there, try: queue show support; xmpp show connections; devstate change Custom:agent2 INUSE");
        for (int node = 1; node <= 2; node++) {
            print("  node" + node + ": process " + cluster.node(node).pid() + ", clients at "
                    + cluster.network().address(node) + ":5222, configuration and logs in "
                    + folder.resolve("cluster/node" + node));
        }
    }
}
