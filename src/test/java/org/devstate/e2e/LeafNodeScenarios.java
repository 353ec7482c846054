// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.AT_ONCE;
import static org.devstate.e2e.Office.RECONNECTED;
import static org.devstate.e2e.Office.awaitMember;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers with {@code collection_nodes} (XEP-0248) and {@code pubsub_autocreate}, and Asterisk's commands about nodes. */
interface LeafNodeScenarios extends Scenarios {

    @ParameterizedTest(name = "Asterisk {0}: {1}")
    @CsvSource({
        "V16, collection_nodes=yes",
        "V22, collection_nodes=yes",
        "V22, pubsub_autocreate=yes",
        "V16, collection_nodes=yes;pubsub_autocreate=yes",
        "V22, collection_nodes=yes;pubsub_autocreate=yes",
    })
    default void aServerWithLeafNodesSharesWithServersWithoutThem(Release release, String options) {
        office().server(1).setDeviceState("Custom:agent1", "BUSY");
        try (Asterisk leaf = office().startFourth(release, options.split(";"))) {
            Await.until(
                    "the snapshot has reached it", RECONNECTED, () -> leaf.log().received("Custom:agent1", "BUSY"));
            for (String[] state : new String[][] {{"INUSE", "(In use)"}, {"NOT_INUSE", "(Not in use)"}}) {
                leaf.setDeviceState("Custom:agent4", state[0]);
                office().server(1).setDeviceState("Custom:agent1", state[0]);
                for (Asterisk server : office().servers()) {
                    awaitMember(server, "Custom:agent4", state[1], RECONNECTED);
                }
                awaitMember(leaf, "Custom:agent1", state[1], RECONNECTED);
            }
            leaf.putVoicemail();
            office().awaitMailbox("State:InUse");
            leaf.removeVoicemail();
            office().awaitMailbox("State:Idle");
            assertThat(leaf.log().pubsubErrors()).isEmpty();
            assertThat(leaf.isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    default void asterisksNodeCommandsWorkAndHarmNoServer(Release release) {
        Asterisk witness = office().server(2);
        office().server(1).setDeviceState("Custom:agent1", "INUSE");
        try (Asterisk fourth = office().startFourth(release, "collection_nodes=yes")) {
            fourth.setDeviceState("Custom:agent4", "INUSE");
            awaitMember(witness, "Custom:agent4", "(In use)", RECONNECTED);

            // The commands make Asterisk's console thread add to a list that its receiving thread walks for each
            // stanza.
            Await.until("all its notifications have come", RECONNECTED, () -> isQuiet(fourth));
            fourth.cli("xmpp list nodes xmpp");
            askUntil("its leaf is listed", fourth, "xmpp list nodes xmpp device_state", () -> fourth.log()
                    .lines("Node name: Custom:agent4")
                    .findAny()
                    .isPresent());
            fourth.cli("xmpp create collection xmpp device_state");
            fourth.cli("xmpp create leaf xmpp device_state Custom:agent4");
            askUntil("its leaf is deleted", fourth, "xmpp delete node xmpp Custom:agent4", () -> witness.queueMember(
                            "Custom:agent4")
                    .endsWith("(Unavailable)"));

            fourth.setDeviceState("Custom:agent4", "NOT_INUSE");
            awaitMember(witness, "Custom:agent4", "(Not in use)", RECONNECTED);
            askUntil("its nodes are purged", fourth, "xmpp purge nodes xmpp device_state", () -> witness.queueMember(
                            "Custom:agent4")
                    .endsWith("(Unavailable)"));

            // The others' entries are theirs.
            awaitMember(witness, "Custom:agent1", "(In use)", AT_ONCE);
            assertThat(fourth.log().pubsubErrors()).isEmpty();
            assertThat(fourth.isAlive()).isTrue();
        }
    }

    private static boolean isQuiet(Asterisk server) throws InterruptedException {
        long before = server.log().lines("XMPP received").count();
        TimeUnit.MILLISECONDS.sleep(500);
        return before > 0 && server.log().lines("XMPP received").count() == before;
    }

    /** A command is lost when Asterisk drops its own connection just then, which its log shows; only then it is given again. */
    private static void askUntil(String what, Asterisk server, String command, Callable<Boolean> done) {
        long logins = server.log().logins();
        server.cli(command);
        try {
            Await.until(what, RECONNECTED, done);
        } catch (AssertionError e) {
            assertThat(server.log().logins()).as(e.getMessage()).isGreaterThan(logins);
            server.cli(command);
            Await.until(what, RECONNECTED, done);
        }
    }
}
