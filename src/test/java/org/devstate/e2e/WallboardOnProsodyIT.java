// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;

/** The wallboard with the component host beside a real Prosody; and what no host matters for. */
final class WallboardOnProsodyIT extends WallboardTest {

    @Override
    XmppServer startXmpp(Testbed testbed, Path folder) {
        return Prosody.start(testbed, folder, Path.of(System.getProperty("devstate.componentJar")), SETUP);
    }

    @Test
    void aUserThatLosesTheRightToSetLosesTheControl() {
        office().server(2).setDeviceState("Custom:agent2", "NOT_INUSE");
        try (WallboardPage board = openAs("alice", "?find=agent2")) {
            board.awaitTile("Custom:agent2", "NOT_INUSE", "Not in use", WallboardUserScenarios.SOON);
            WallboardUserScenarios.openForm(board, "Custom:agent2");
            guard().setUsers(
                            USERS.stream().map(line -> line.replace(" set", "")).toList());
            WallboardUserScenarios.set(board, "[name=state]", "BUSY");
            board.awaitText(".hand .outcome.problem", "alice has not the right set", WallboardUserScenarios.SOON);
            board.page()
                    .await("there is no control", Duration.ofSeconds(15), "document.querySelector('.hand') === null");
            assertThat(board.tile("Custom:agent2")).isEqualTo("NOT_INUSE");
        } finally {
            guard().setUsers(USERS);
        }
    }
}
