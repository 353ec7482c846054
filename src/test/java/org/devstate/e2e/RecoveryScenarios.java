// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.AsteriskLog;
import org.devstate.testbed.Await;
import org.devstate.testbed.CuttableLine;
import org.junit.jupiter.api.Test;

/**
 * The service, or the server that it is in or beside, is restarted while the states of all servers change: soon after, all servers are
 * right and subscribed. How often is set by {@code -Ddevstate.restarts=10}; the times are in {@code recovery.txt} in the folder of the
 * test.
 */
interface RecoveryScenarios extends Scenarios {

    int RESTARTS = Integer.getInteger("devstate.restarts", 2);

    Duration LIMIT = Duration.ofSeconds(10);

    /** In which a server logs in whose line has been cut for some seconds: it tries every 4 s, and waits longer each time. */
    Duration AWAY = Duration.ofSeconds(25);

    List<String> STATES = List.of("INUSE", "RINGING", "ONHOLD", "BUSY", "NOT_INUSE");

    List<String> SHOWN = List.of("(In use)", "(Ringing)", "(On Hold)", "(Busy)", "(Not in use)");

    @Test
    default void afterEachRestartOfTheXmppServerAllServersAreRightWithinTenSeconds() {
        restart("server", meanwhile -> office().xmpp().restart(meanwhile));
    }

    /**
     * Of each release: its line is cut while one entry ends with its server, and another one is cleared. So it shows both as they
     * were, until it logs in again: the snapshot then has the one, and what was remembered for it the other.
     */
    @Test
    default void aServerThatWasAwayShowsWhatEndedMeanwhile() {
        Asterisk victim = office().server(1);
        Asterisk other = office().server(3);
        for (Release release : List.of(Release.V22, Release.V16)) {
            try (CuttableLine line = new CuttableLine(office().xmpp());
                    Asterisk away = office().startFourth(release, "port = " + line.port())) {
                victim.setDeviceState("Custom:agent1", "INUSE");
                other.setDeviceState("Custom:agent3", "NOT_INUSE"); // BUSY is a change then
                other.setDeviceState("Custom:agent3", "BUSY");
                Office.awaitMember(away, "Custom:agent1", "(In use)", Office.RECONNECTED);
                Office.awaitMember(away, "Custom:agent3", "(Busy)", Office.RECONNECTED);

                line.cut();
                administrator().does("clear-entry", "device", "Custom:agent3", "00:11:22:33:44:03");
                victim.kill();
                Office.awaitMember(other, "Custom:agent1", "(Unavailable)", Office.GRACE.plusSeconds(4));
                assertThat(away.queueMember("Custom:agent1")).endsWith("(In use)");
                AsteriskLog log = away.log().fromNow();
                line.mend();

                Office.awaitMember(away, "Custom:agent1", "(Unavailable)", AWAY);
                Office.awaitMember(away, "Custom:agent3", "(Unavailable)", Office.RECONNECTED);
                assertThat(log.logins()).isEqualTo(1);
            } finally {
                victim.restart(Office.CONNECT);
            }
        }
    }

    /** Of each release: {@code reload} would not do it. */
    @Test
    default void reconnectMakesAServerLogInAgainAndPublishItsStates() throws InterruptedException {
        Administrator administrator = administrator();
        for (int number : new int[] {1, 2}) {
            Asterisk server = office().server(number);
            String device = "Custom:agent" + number;
            server.restart(Office.CONNECT);
            server.setDeviceState(device, "BUSY");
            AsteriskLog log = server.log().fromNow();

            assertThat(administrator.does("reconnect", server.name())).contains("Sessions ended: 1");

            Await.until(server.name() + " logs in again", Office.CONNECT, () -> log.logins() > 0);
            server.setDeviceState(device, "RINGING");
            office().awaitMemberOnOthers(number, device, "(Ringing)", Office.RECONNECTED);
        }
    }

    @Test
    default void aServerWithoutDistributeEventsIsShownAsConnectedButNotSubscribed() throws Exception {
        showsAServerWithoutDistributeEvents(false);
    }

    /**
     * Restarts a server that does not subscribe any more.
     *
     * @param atOnce whether before the service can have noticed the end of its old session
     */
    default void showsAServerWithoutDistributeEvents(boolean atOnce) throws Exception {
        Administrator administrator = administrator();
        Asterisk forgetful = office().server(3);
        Path config = forgetful.folder().resolve("xmpp.conf");
        String right = Files.readString(config);
        Files.writeString(config, right.replace("distribute_events = yes", "distribute_events = no"));
        try {
            forgetful.kill();
            if (!atOnce) {
                Await.until("it is gone", LIMIT, () -> sessions(administrator, "pbx3")
                        .equals("0 online, 0 not"));
            }
            forgetful.restart(Office.CONNECT);
            Await.until(
                    "it is shown", LIMIT, () -> sessions(administrator, "pbx3").equals("0 online, 1 not"));
        } finally {
            Files.writeString(config, right);
            forgetful.restart(Office.CONNECT);
        }
        Await.until("it is online", Office.CONNECT, () -> sessions(administrator, "pbx3")
                .equals("1 online, 0 not"));
    }

    private static String sessions(Administrator administrator, String name) {
        return administrator.rows("servers").stream()
                .filter(row -> row.getString("account").startsWith(name + "@"))
                .map(row -> row.getInt("online") + " online, " + row.getInt("not-subscribed") + " not")
                .findFirst()
                .orElse("");
    }

    private Administrator administrator() {
        return new Administrator(office().folder().resolve("ctl"), office().xmpp(), "admin", "admin");
    }

    default void restart(String what, Consumer<Runnable> restart) {
        for (int round = 1; round <= RESTARTS; round++) {
            int first = round;
            office().servers().forEach(server -> server.restart(Office.CONNECT));
            set(first); // so that no state is as before
            awaitAll(first, LIMIT);

            restart.accept(() -> set(first + 1));
            Duration took = awaitAll(first + 1, LIMIT);

            note(what + " " + round + ": " + took.toMillis() + " ms");
            set(first + 2);
            Duration live = awaitAll(first + 2, Office.RECONNECTED);
            assertThat(live).as("received live").isLessThan(Office.RECONNECTED);
        }
    }

    private void set(int step) {
        for (int number = 1; number <= office().servers().size(); number++) {
            office().server(number)
                    .setDeviceState("Custom:agent" + number, STATES.get((step + number) % STATES.size()));
        }
    }

    private Duration awaitAll(int step, Duration limit) {
        return Await.until("all servers are right", limit, () -> {
            for (int number = 1; number <= office().servers().size(); number++) {
                String device = "Custom:agent" + number;
                String shown = SHOWN.get((step + number) % SHOWN.size());
                if (!office().othersThan(number).stream()
                        .allMatch(server -> server.queueMember(device).endsWith(shown))) {
                    return false;
                }
            }
            return true;
        });
    }

    private void note(String line) {
        try {
            Files.writeString(
                    office().folder().resolve("recovery.txt"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
