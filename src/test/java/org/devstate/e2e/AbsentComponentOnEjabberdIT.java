// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Ejabberd;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No Asterisk crashes at ejabberd's answers for an absent component, in any order in which Asterisk, component and ejabberd end and
 * start, while the Asterisk servers publish. A run of all orders, {@code -Ddevstate.orders=all}, takes three minutes.
 */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for servers to start
@ResourceLock("AbsentComponentOnEjabberdIT") // its own tests one after another
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AbsentComponentOnEjabberdIT {

    private static final Path FOLDER = Office.FOLDER.resolve("AbsentComponentOnEjabberdIT");

    private final List<Asterisk> servers = new ArrayList<>();
    private Ejabberd ejabberd;

    @BeforeAll
    void start() {
        Testbed testbed = Testbed.find();
        ejabberd = Ejabberd.start(testbed, FOLDER, Path.of(System.getProperty("devstate.componentJar")));
        for (String account : List.of("pbx1", "pbx2", "pbx3")) {
            ejabberd.addAccount(account);
            ejabberd.prepareForAsterisk(account);
        }
        writeTheAccountsDown();
        Release newer = testbed.orOther(Release.V22);
        servers.add(Asterisk.start(testbed, newer, FOLDER, "pbx1", 1, ejabberd));
        servers.add(Asterisk.start(testbed, testbed.orOther(Release.V16), FOLDER, "pbx2", 2, ejabberd));
        servers.add(Asterisk.start(
                testbed, newer, FOLDER, "pbx3", 3, ejabberd, "collection_nodes=yes", "pubsub_autocreate=yes"));
        servers.forEach(server -> server.awaitConnected(Office.CONNECT));
    }

    /** Ejabberd writes to its disk later, and a kill would lose new accounts; a stop in good order does not. */
    private void writeTheAccountsDown() {
        ejabberd.stopServer(false);
        ejabberd.startServer();
    }

    @AfterAll
    void stop() {
        servers.forEach(Asterisk::close);
        if (ejabberd != null) {
            ejabberd.close();
        }
    }

    @AfterEach
    void nobodyHasDied() {
        for (Asterisk server : servers) {
            assertThat(server.isAlive())
                    .as(() -> server.title() + " ended with status " + server.exitStatus())
                    .isTrue();
        }
    }

    /** Those that were deadly, or all. The letters are ejabberd, component and Asterisk, in the order of their start. */
    static Stream<String> orders() {
        Stream<String> all = Stream.of("ECA", "EAC", "CEA", "CAE", "AEC", "ACE")
                .flatMap(order -> Stream.of(order + " after stop", order + " after kill"));
        return System.getProperty("devstate.orders", "").equals("all")
                ? all
                : Stream.of("EAC after kill", "AEC after stop");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void allServersStartInThatOrder(String order) throws InterruptedException {
        boolean kill = order.endsWith("kill");
        ejabberd.stopComponent(kill);
        publish();
        ejabberd.stopServer(kill);
        servers.forEach(server -> {
            assertThat(server.isAlive()).as(server.title()).isTrue();
            if (kill) {
                server.kill();
            } else {
                server.close();
            }
        });

        for (char next : order.substring(0, 3).toCharArray()) {
            switch (next) {
                case 'E' -> ejabberd.startServer();
                case 'C' -> ejabberd.startComponentFirst();
                default -> servers.forEach(Asterisk::restart);
            }
            if (order.indexOf('A') < order.indexOf(next)) {
                publish();
            }
        }
        servers.forEach(server -> server.awaitConnected(Duration.ofSeconds(30)));
        publish();
    }

    /** The component is away while they publish, ask and delete, at the pace of a busy server. */
    @ParameterizedTest
    @MethodSource("ways")
    void noAsteriskCrashesWhileTheComponentIsAway(String way) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> busy = servers.stream().map(server -> busy(server, over)).toList();
        try {
            ejabberd.stopComponent(way.equals("kill"));
            publish();
            for (Asterisk server : servers) {
                for (String command : List.of("list nodes", "delete node", "purge nodes", "create node")) {
                    server.cli("xmpp " + command + " xmpp Custom:agent1");
                }
            }
            nobodyHasDied();
            ejabberd.startComponent();
            publish();
        } finally {
            over.set(true);
            for (Thread thread : busy) {
                thread.join();
            }
        }
    }

    static Stream<String> ways() {
        return Stream.of("stop", "kill");
    }

    private static Thread busy(Asterisk server, AtomicBoolean over) {
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; i < 300 && !over.get() && server.isAlive(); i++) {
                        try {
                            server.setDeviceState("Custom:busy" + i % 5, i % 2 == 0 ? "INUSE" : "BUSY");
                        } catch (IllegalStateException e) {
                            return; // it has died, which the test finds
                        }
                    }
                },
                server.name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Each publishes some states, and has had time for the answers. */
    private void publish() {
        for (int i = 0; i < 4; i++) {
            for (Asterisk server : servers) {
                server.setDeviceState("Custom:agent" + i, i % 2 == 0 ? "INUSE" : "BUSY");
            }
        }
        for (Asterisk server : servers) {
            Await.until(server.title() + " answers", Office.CONNECT, () -> server.cli("core show uptime")
                    .contains("System uptime"));
        }
    }
}
