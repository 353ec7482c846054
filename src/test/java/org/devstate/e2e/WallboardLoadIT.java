// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.PacedLoad;
import org.devstate.bench.servers.ComponentOnProsody;
import org.devstate.bench.servers.Users;
import org.devstate.testbed.Await;
import org.devstate.testbed.FreePort;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.devstate.testbed.browser.Chromium;
import org.devstate.testbed.serve.BoardServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The wallboard with 10,000 devices and 500 changes a second: it scrolls smoothly, and at the end each tile is right. */
@Tag("e2e")
@Tag("measured")
final class WallboardLoadIT {

    private static final int SERVERS = 10;
    private static final int DEVICES = 10_000;
    private static final double CHANGES_PER_SECOND = 500;
    private static final int SECONDS = 15;

    /** The frames that a viewer sees: half of them are no later than this, in milliseconds; a screen has one every 16.7. */
    private static final double USUAL_MS = 25;

    /** 99 of 100 are no later than this, although two cores run the servers, the load and the drawing of the page. */
    private static final double LATE_MS = 100;

    @Test
    void tenThousandDevicesChangeWithoutStutter() {
        Testbed testbed = Testbed.find();
        Path folder = Office.FOLDER.resolve("WallboardLoadIT");
        Path jar = Path.of(System.getProperty("devstate.componentJar"));
        try (ComponentOnProsody host = ComponentOnProsody.start(testbed, folder.resolve("xmpp"), jar);
                EventLoop loop = new EventLoop()) {
            XmppServer xmpp = host.xmpp().orElseThrow();
            xmpp.addAccount("admin");
            host.prepare(loop, Users.publishers(SERVERS));
            try (ClientGroup group = new ClientGroup(loop, host.address(), DEVICES);
                    BoardServer server = BoardServer.start(jar, folder.resolve("serve"), xmpp, FreePort.find());
                    Chromium browser = Chromium.start(testbed, folder.resolve("browser"))) {
                group.addPublishers(Users.publishers(SERVERS));
                PacedLoad load = new PacedLoad(group, 5_000);
                load.run(2 * CHANGES_PER_SECOND, DEVICES / (2 * CHANGES_PER_SECOND) + 1);
                watch(group, load, server, browser);
            }
        }
    }

    private static void watch(ClientGroup group, PacedLoad load, BoardServer server, Chromium browser) {
        try (WallboardPage board = WallboardPage.open(browser, server.address(), 1920, 1080)) {
            board.awaitText("#canvas .group", "Devices (" + DEVICES + ")", Duration.ofSeconds(20));
            CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> load.run(CHANGES_PER_SECOND, SECONDS));
            JsonObject frames = board.framesWhileScrolling(SECONDS - 3);
            board.save("load");
            changes.join();
            System.out.println("frames of the wallboard at " + CHANGES_PER_SECOND + " changes/s: " + frames);

            Await.until("all publishes are answered", Duration.ofSeconds(10), () -> group.unanswered() == 0);
            assertThat(load.skipped()).as("publishes left out").isZero();
            assertThat(frames.get("tiles").getAsInt()).as("elements for tiles").isLessThan(500);
            assertThat(frames.get("median").getAsDouble())
                    .as("frames: %s", frames)
                    .isLessThan(USUAL_MS);
            assertThat(frames.get("p99").getAsDouble()).as("frames: %s", frames).isLessThan(LATE_MS);
            Map<String, String> published = new TreeMap<>(group.published());
            assertThat(published).hasSize(DEVICES);
            Await.until("each tile is right", Duration.ofSeconds(10), () -> board.allTiles()
                    .equals(published));
            board.assertNoComplaints();
        }
    }
}
