// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.devstate.core.protocol.XmlElement;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A hundred thousand accepted items, and a million stanzas of all kinds: no server dies. By {@code scripts/endurance} only, as it takes
 * its time; {@code -Ddevstate.endurance=N} stanzas, {@code -Ddevstate.seed=N}.
 */
@Tag("endurance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class EnduranceTest {

    private static final int STANZAS = Integer.getInteger("devstate.endurance", 1_000_000);
    private static final long SEED = Long.getLong("devstate.seed", System.currentTimeMillis());

    /** Of all stanzas, one in so many is an item in the first part. */
    private static final int ACCEPTED_SHARE = 10;

    private static final int TOGETHER = 250;

    /** Of the items of a batch, one in so many is set or cleared by command. */
    private static final int COMMAND_SHARE = 200;

    /** Stanzas between two looks at all servers. */
    private static final int BATCH = 10_000;

    /** Stanzas between two restarts of all Asterisk servers, after which everything is deleted: their memory grows with each device. */
    private static final int LIFE = 100_000;

    private XmppServer xmpp;
    private ConsumingServers servers;
    private Publisher publisher;
    private long begin;

    /** Starts the XMPP server with the service, set up like {@link SurvivalTest#SETUP}, in {@code folder}. */
    abstract XmppServer startXmpp(Testbed testbed, Path folder);

    /** Fails if it, or the component beside it, has ended or connected anew. */
    abstract void assertRuns(XmppServer running);

    @BeforeAll
    void start() {
        Path folder =
                Path.of(System.getProperty("devstate.target"), "e2e", getClass().getSimpleName());
        Testbed testbed = Testbed.find();
        xmpp = startXmpp(testbed, folder.resolve("xmpp"));
        List.of("pbx1", "pbx2", "pbx3", "pbx7", "pbx8", "pbx9", "admin").forEach(xmpp::addAccount);
        servers = new ConsumingServers(testbed, folder, xmpp, false);
        publisher = new Publisher(xmpp, "pbx9");
        begin = System.nanoTime();
        say("seed " + SEED + " (-Ddevstate.seed=), " + STANZAS + " stanzas (-Ddevstate.endurance=)");
    }

    @AfterAll
    void stop() {
        SurvivalTest.close(publisher);
        SurvivalTest.close(servers);
        SurvivalTest.close(xmpp);
    }

    @Test
    @Order(1)
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void acceptedItemsAreSurvived() {
        AcceptedItems items = new AcceptedItems(SEED, ConsumingServers.WATCHED);
        List<AcceptedItem> batch = new ArrayList<>();
        try (EntryCommands commands = new EntryCommands(xmpp, SEED)) {
            run(
                    "accepted items",
                    STANZAS / ACCEPTED_SHARE,
                    publisher,
                    number -> {
                        if (number % BATCH == 0) {
                            publisher.sync();
                            setAndClear(commands, batch);
                            batch.clear();
                        }
                        batch.add(items.next());
                        publisher.ask("set", batch.get(batch.size() - 1).publish());
                    },
                    () -> {},
                    () -> Culprit.shown(batch));
        }
        assertThat(publisher.errors()).as(publisher.lastError()).isZero();
    }

    /** Sets and clears some of the published entries; non-cachable ones, or those cleared already, cannot be cleared. */
    private static void setAndClear(EntryCommands commands, List<AcceptedItem> published) {
        for (int i = 0; i < published.size(); i += COMMAND_SHARE) {
            AcceptedItem item = published.get(i);
            XmlElement answer = i % (2 * COMMAND_SHARE) == 0 ? commands.set(item) : commands.clear(item);
            assertThat(answer.attribute("type")).as("%s", answer).isEqualTo("result");
        }
    }

    @Test
    @Order(2)
    @Timeout(value = 175, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void stanzasOfAllKindsAreSurvived() {
        try (Publisher other = new Publisher(xmpp, "pbx8");
                MutantPublisher wild = new MutantPublisher(xmpp, "pbx7")) {
            if (!(xmpp instanceof Tigase)) {
                wild.beEndedAsAnUnsubscribedAsterisk();
            }
            // Another seed: the EIDs of the first part are the first account's.
            StanzasOfAllKinds stanzas = new StanzasOfAllKinds(SEED + 1, other, wild, xmpp instanceof Tigase);
            run("stanzas of all kinds", STANZAS, other, number -> stanzas.addNext(), wild::sync, other::lastSent);
            say(other.results() + " results and " + other.errors() + " errors; " + wild.answers()
                    + " answers to mutants; mutants that may end the stream: " + wild.outcomes());
            assertThat(wild.unexpected())
                    .as("closed the stream, or was not answered")
                    .isEmpty();
            assertThat(other.results()).isGreaterThan(STANZAS / 4);
            assertThat(other.errors()).isGreaterThan(STANZAS / 8);
            assertThat(wild.answers()).isGreaterThan(STANZAS / 5);
        }
    }

    private interface Step {
        void add(int number);
    }

    private void run(String what, int count, Publisher sender, Step step, Runnable check, Supplier<String> lastOnes) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            step.add(i);
            if (i % TOGETHER == TOGETHER - 1) {
                sender.flush();
            }
            if (i % BATCH == BATCH - 1 || i == count - 1) {
                sender.sync();
                look(what, i + 1, count, check, lastOnes);
            }
            if (i % LIFE == LIFE - 1 || i == count - 1) {
                say(what + ": restarting all, for the snapshot");
                servers.restart(publisher);
                look(what, i + 1, count, check, lastOnes);
                forget(sender);
            }
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        say(String.format(
                Locale.ROOT,
                "%d %s in %d s, seed %d: nobody died; %s",
                count,
                what,
                taken.toSeconds(),
                SEED,
                servers.state()));
    }

    private void look(String what, int done, int count, Runnable check, Supplier<String> lastOnes) {
        try {
            check.run();
            servers.awaitMarker(publisher);
            servers.assertHealthy();
            assertRuns(xmpp);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "seed " + SEED + ", " + what + " up to " + done + ": " + servers.state() + "\n" + lastOnes.get(),
                    e);
        }
        say(done + " of " + count + " " + what + "; " + servers.state());
    }

    private void forget(Publisher sender) {
        SurvivalTest.deleteAll(sender);
        servers.awaitMarker(publisher);
        servers.restart(publisher);
    }

    private void say(String line) {
        System.out.printf(
                Locale.ROOT,
                "%s %5d s: %s%n",
                xmpp.title(),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                line);
    }
}
