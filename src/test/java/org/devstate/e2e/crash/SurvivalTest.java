// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever the service accepts is survived by real Asterisk servers, live and as a snapshot at their start. By
 * {@code -Ddevstate.seed=N} others, by {@code -Ddevstate.accepted=N} more.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SurvivalTest {

    static final long SEED = Long.getLong("devstate.seed", 20_261_128);

    /** One site, which may have as much as the machine has room for. */
    static final HostSetup SETUP = new HostSetup(
            Map.of("entries-per-account", 1_000_000),
            "site all\n  servers pbx*@example.net\n  entries 1000000\n  grace 5 s\n  publish allow *\n  receive allow * *\n",
            "",
            true,
            "");

    private static final int ITEMS = Integer.getInteger("devstate.accepted", 4_000);
    private static final int TOGETHER = 250;
    private static final int AS_DEVICES = 500;

    private XmppServer xmpp;
    private ConsumingServers servers;
    private Publisher publisher;

    /** Starts the XMPP server with the service, set up like {@link #SETUP}, in {@code folder}. */
    abstract XmppServer startXmpp(Testbed testbed, Path folder);

    @BeforeAll
    void start() {
        Path folder =
                Path.of(System.getProperty("devstate.target"), "e2e", getClass().getSimpleName());
        Testbed testbed = Testbed.find();
        xmpp = startXmpp(testbed, folder.resolve("xmpp"));
        List.of("pbx1", "pbx2", "pbx3", "pbx9").forEach(xmpp::addAccount);
        servers = new ConsumingServers(testbed, folder, xmpp, true);
        publisher = new Publisher(xmpp, "pbx9");
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {publisher, servers, xmpp}) {
            close(part);
        }
    }

    static void close(@Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void allAcceptedItemsAreSurvivedLiveAndAsASnapshot() {
        System.out.println("Seed of " + ITEMS + " accepted items: " + SEED + " (-Ddevstate.seed=)");
        AcceptedItems items = new AcceptedItems(SEED, ConsumingServers.WATCHED);
        List<AcceptedItem> sent = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            sent.add(items.next());
        }
        try {
            survive(sent);
        } catch (AssertionError e) {
            throw servers.areHarmed() ? withCulprit(e, sent) : e;
        }
    }

    private void survive(List<AcceptedItem> sent) {
        List<AsteriskLog> logs = logs();
        send(sent);
        assertThat(publisher.errors()).as(publisher.lastError()).isZero();
        servers.awaitMarker(publisher);
        servers.assertHealthy();
        assertHeard(logs, sent, item -> true);

        for (int restart = 0; restart < 2; restart++) {
            logs = logs();
            servers.restart(publisher);
            servers.assertHealthy();
            Set<String> nonCachable = nonCachable(sent);
            assertHeard(logs, sent, item -> !nonCachable.contains(item.node() + item.id()));
        }

        deleteAll(publisher);
        servers.awaitMarker(publisher);
        servers.assertHealthy();
        publishAsDevices(sent);
        assertThat(publisher.errors()).as(publisher.lastError()).isZero();
    }

    static void deleteAll(Publisher publisher) {
        for (String node : List.of("device_state", "message_waiting")) {
            publisher.ask(
                    "set",
                    "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><delete node='" + node + "'/></pubsub>");
        }
        publisher.sync();
    }

    /** Some of the mailboxes, to servers that publish each as a device, cut to its length; a few at a time, see {@link ConsumingServers}. */
    private void publishAsDevices(List<AcceptedItem> sent) {
        servers.publishMailboxesAsDevices();
        List<AcceptedItem> mailboxes = sent.stream()
                .filter(item -> item.node().equals("message_waiting"))
                .limit(AS_DEVICES)
                .toList();
        for (AcceptedItem mailbox : mailboxes) {
            publisher.ask("set", mailbox.publish());
            publisher.sync();
        }
        servers.awaitMarker(publisher);
        servers.assertHealthy();
    }

    /** The devices of which some state was not cachable: whether they are in a snapshot is decided elsewhere. */
    private static Set<String> nonCachable(List<AcceptedItem> sent) {
        Set<String> nonCachable = new HashSet<>();
        sent.stream()
                .filter(item -> item.item().contains("cachable='0'"))
                .forEach(item -> nonCachable.add(item.node() + item.id()));
        return nonCachable;
    }

    private void send(List<AcceptedItem> sent) {
        for (int i = 0; i < sent.size(); i++) {
            publisher.ask("set", sent.get(i).publish());
            if (i % TOGETHER == TOGETHER - 1) {
                publisher.sync();
            }
        }
        publisher.sync();
    }

    private List<AsteriskLog> logs() {
        return servers.all().stream().map(server -> server.log().fromNow()).toList();
    }

    private void assertHeard(List<AsteriskLog> logs, List<AcceptedItem> sent, Predicate<AcceptedItem> expected) {
        Set<String> ids = new HashSet<>();
        sent.stream().filter(expected).forEach(item -> ids.add(item.id()));
        for (int i = 0; i < logs.size(); i++) {
            AsteriskLog log = logs.get(i);
            Asterisk server = servers.all().get(i);
            Await.until(
                    server.title() + " has received all",
                    Duration.ofSeconds(30),
                    () -> missing(ids, log) <= log.mostHidden());
        }
    }

    /** A server that publishes a mailbox itself receives no older value of it. */
    private static long missing(Set<String> ids, AsteriskLog log) {
        Set<String> known = log.receivedIds();
        known.addAll(log.publishedIds());
        return ids.stream().filter(id -> !known.contains(id)).count();
    }

    private AssertionError withCulprit(AssertionError harm, List<AcceptedItem> sent) {
        String state = servers.state();
        List<AcceptedItem> culprit = Culprit.of(sent, this::harms);
        return new AssertionError(
                "seed " + SEED + ": " + state + Culprit.shown(culprit) + "\n" + harm.getMessage(), harm);
    }

    /** Sends a part to servers that know nothing of the rest. */
    private boolean harms(List<AcceptedItem> part) {
        deleteAll(publisher);
        servers.all().forEach(Asterisk::restart);
        servers.restartTheDead();
        send(part);
        try {
            servers.awaitMarker(publisher);
        } catch (AssertionError e) {
            return true;
        }
        return servers.areHarmed();
    }
}
