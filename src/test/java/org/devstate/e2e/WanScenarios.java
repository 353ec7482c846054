// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.awaitMember;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Place;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Wan;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers beside the XMPP server, and one at a site behind a line. */
abstract class WanScenarios {

    private static final Duration DEAD = Duration.ofSeconds(60);

    /** For TCP at the centre to give up, as it is set here (25 s), the server to write (10 s), and the grace. */
    private static final Duration NOTICED = Duration.ofSeconds(50);

    /** For TCP at the site, with the kernel's own settings, to try again: it waits as long as it has tried so far. */
    private static final Duration BACK = Duration.ofSeconds(90);

    private static final Duration SHOWN = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path folder;
    private Wan wan;

    abstract XmppServer startXmpp(Testbed testbed, Path folder);

    @BeforeEach
    void layTheLine() {
        assumeThat(Wan.whyNot());
        folder = Office.FOLDER.resolve("WanIT").resolve(getClass().getSimpleName());
        wan = opened(Wan.open());
        wan.giveUpAfter(6);
    }

    private XmppServer startXmppAtTheCentre() {
        XmppServer xmpp = opened(startXmpp(Testbed.find(), folder.resolve("xmpp")));
        List.of("pbx1", "pbx2", "pbx3").forEach(xmpp::addAccount);
        xmpp.moveTo(wan.centre());
        return xmpp;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        opened.clear();
    }

    @Test
    void aDeadLineMakesASitesStatesUnavailableUntilItRecovers() {
        XmppServer xmpp = startXmppAtTheCentre();
        Asterisk near1 = start(xmpp, Release.V22, 1, wan.centre());
        Asterisk near2 = start(xmpp, Release.V16, 2, wan.centre());
        Asterisk far = start(xmpp, Release.V22, 3, wan.site());
        far.setDeviceState("Custom:agent3", "INUSE");
        near1.setDeviceState("Custom:agent1", "INUSE");
        awaitMember(near1, "Custom:agent3", "(In use)", SHOWN);
        awaitMember(near2, "Custom:agent3", "(In use)", SHOWN);
        awaitMember(far, "Custom:agent1", "(In use)", SHOWN);

        long cut = System.nanoTime();
        wan.cut();
        far.setDeviceState("Custom:agent3", "RINGING");
        near1.setDeviceState("Custom:agent1", "BUSY");
        awaitMember(near1, "Custom:agent3", "(Unavailable)", NOTICED);
        awaitMember(near2, "Custom:agent3", "(Unavailable)", SHOWN);
        far.setDeviceState("Custom:agent3", "ONHOLD");
        near2.setDeviceState("Custom:agent2", "RINGING");
        Await.until("the line was dead for a minute", DEAD, () -> System.nanoTime() - cut > DEAD.toNanos());
        assertThat(far.queueMember("Custom:agent1")).as("nothing came through").endsWith("(In use)");
        wan.mend();

        awaitMember(near1, "Custom:agent3", "(On Hold)", BACK);
        awaitMember(near2, "Custom:agent3", "(On Hold)", SHOWN);
        awaitMember(far, "Custom:agent1", "(Busy)", SHOWN);
        awaitMember(far, "Custom:agent2", "(Ringing)", SHOWN);
    }

    @Test
    void everythingArrivesOverASlowLineThatLosesATenth() {
        assumeThat(wan.impair("delay 75ms loss 10%"));
        XmppServer xmpp = startXmppAtTheCentre();
        Asterisk near = start(xmpp, Release.V16, 1, wan.centre());
        Asterisk far = start(xmpp, Release.V22, 3, wan.site());
        for (String[] state :
                new String[][] {{"INUSE", "(In use)"}, {"RINGING", "(Ringing)"}, {"NOT_INUSE", "(Not in use)"}}) {
            near.setDeviceState("Custom:agent1", state[0]);
            far.setDeviceState("Custom:agent3", state[0]);
            awaitMember(far, "Custom:agent1", state[1], SHOWN);
            awaitMember(near, "Custom:agent3", state[1], SHOWN);
        }
    }

    private Asterisk start(XmppServer xmpp, Release release, int number, Place place) {
        Asterisk server = opened(Asterisk.start(Testbed.find(), release, folder, "pbx" + number, number, xmpp, place));
        server.awaitConnected(CONNECT);
        return server;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Skips the test, with a line in the output, if there is a reason. */
    private static void assumeThat(Optional<String> whyNot) {
        whyNot.ifPresent(reason -> System.out.println("NOT RUN: a test of lines between sites: " + reason));
        assumeTrue(whyNot.isEmpty(), () -> "NOT RUN: " + whyNot.orElse(""));
    }
}
