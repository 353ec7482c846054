// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ServiceClient.device;

import java.util.List;
import org.devstate.testbed.browser.Chromium;
import org.devstate.testbed.serve.BoardServer;
import org.junit.jupiter.api.Test;

/** The wallboard shows names whole, however long they are. */
interface WallboardNameScenarios extends Scenarios {

    List<String> NAMES = List.of(
            "Custom:long",
            "Local/200@long-context",
            "SIP/provider-trunk-of-long-island-01",
            "Custom:the-agent-with-the-long-name-on-the-second-floor",
            "Custom:" + "long".repeat(12));

    Chromium browser();

    BoardServer server();

    @Test
    default void namesOnTilesAreShownWholeOnPageWallAndTelephone() {
        try (ServiceClient publisher = office().login("pbx9", "names")) {
            for (String name : NAMES) {
                publisher.publish("device_state", device(name, WallboardScenarios.EID, "RINGINUSE"));
            }
            assertNoneIsCut("page", "?theme=dark&find=long", 1280, 800);
            assertNoneIsCut("wall", "?wall&theme=dark&find=long", 1920, 1080);
            assertNoneIsCut("phone", "?theme=dark&find=long", 390, 844);
        }
    }

    private void assertNoneIsCut(String picture, String query, int width, int height) {
        try (WallboardPage board = WallboardPage.open(browser(), server().address() + query, width, height)) {
            for (String name : NAMES) {
                board.awaitTile(name, "RINGINUSE", "Ringing, in use", Office.AT_ONCE);
            }
            board.save("names-" + picture);
            assertThat(board.cutNames())
                    .as("names that are cut on the %s", picture)
                    .isEmpty();
            board.assertNoComplaints();
        }
    }
}
