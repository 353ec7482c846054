// SPDX-License-Identifier: Apache-2.0
package org.devstate.demo;

import static org.devstate.demo.ProgressLines.change;
import static org.devstate.demo.ProgressLines.print;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.FreePort;
import org.devstate.testbed.HostSetup;
import org.devstate.testbed.Pbx;
import org.devstate.testbed.Prosody;
import org.devstate.testbed.SimulatedAsterisk;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.Tigase;
import org.devstate.testbed.XmppServer;
import org.devstate.testbed.serve.BoardServer;

/**
 * Starts the server side with a wallboard, two sites and an Asterisk server at each, changes the state of a phone at one site and shows
 * what the other site's queue sees, with times. All that it starts ends with it. {@code scripts/demo} builds and calls it.
 */
public final class Demo {

    private static final Duration START = Duration.ofSeconds(20);

    private static final int BLINK_S = 3;

    /** A policy with a site for each of the two servers. */
    private static final HostSetup TWO_SITES = HostSetup.governed(site("paris") + site("berlin"));

    private final Path folder;
    private final boolean simulate;

    private Demo(Path folder, boolean simulate) {
        this.folder = folder;
        this.simulate = simulate;
    }

    /** Arguments: the folder for everything it writes, then {@code --cluster}, {@code --keep} and {@code --simulate} as wanted. */
    public static void main(String[] args) throws InterruptedException {
        List<String> options = List.of(args);
        Path folder = Path.of(args[0]).toAbsolutePath();
        boolean keep = options.contains("--keep");
        try {
            if (options.contains("--cluster")) {
                new ClusterDemo(folder).run(keep);
            } else {
                new Demo(folder, options.contains("--simulate")).run(keep);
            }
        } catch (AssertionError | IllegalStateException e) {
            System.err.println("demo: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(boolean keep) throws InterruptedException {
        print("starting the server side");
        try (XmppServer xmpp = startXmpp()) {
            print(xmpp.title() + " is up, with the service at " + xmpp.service());
            xmpp.addAccount("pbx-paris");
            xmpp.addAccount("pbx-berlin");
            xmpp.addAccount("admin");
            try (BoardServer board = startWallboard(xmpp);
                    Pbx paris = startPbx(Release.V22, "pbx-paris", 1, xmpp);
                    Pbx berlin = startPbx(Release.V16, "pbx-berlin", 2, xmpp)) {
                show(paris, berlin);
                if (keep) {
                    explain(xmpp, paris, berlin);
                    print("  the wallboard: " + board.address()
                            + " shows all of it; Custom:lamp changes every few seconds");
                    blink(berlin);
                }
                print("stopping everything");
            }
        }
    }

    private XmppServer startXmpp() {
        Optional<Path> tigase = Tigase.home();
        return tigase.isPresent()
                ? Tigase.start(tigase.get(), folder.resolve("xmpp"), TWO_SITES)
                : Prosody.start(Testbed.find(), folder.resolve("xmpp"), jar("devstate.componentJar"), TWO_SITES);
    }

    private static String site(String name) {
        return """
                site %1$s
                    servers  pbx-%1$s@%2$s
                    grace    5 s
                    publish  drop   device  MWI:*
                    publish  drop   device  XMPP/*
                    publish  allow  *
                    receive  allow  *       *
                """
                .formatted(name, XmppServer.DOMAIN);
    }

    private BoardServer startWallboard(XmppServer xmpp) {
        BoardServer board =
                BoardServer.start(jar("devstate.componentJar"), folder.resolve("serve"), xmpp, FreePort.find());
        print("the wallboard is at " + board.address() + ": open it in a browser to see each change");
        return board;
    }

    /** Changes a device for ever. */
    private static void blink(Pbx pbx) throws InterruptedException {
        List<String> states = List.of("RINGING", "INUSE", "ONHOLD", "INUSE", "NOT_INUSE");
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; !never.await(BLINK_S, TimeUnit.SECONDS); i++) {
            pbx.setDeviceState("Custom:lamp", states.get(i % states.size()));
        }
    }

    private Pbx startPbx(Release release, String name, int number, XmppServer xmpp) {
        Pbx pbx = simulate
                ? new SimulatedAsterisk(name, number, xmpp)
                : Asterisk.start(Testbed.find(), Testbed.find().orOther(release), folder, name, number, xmpp);
        pbx.awaitConnected(START);
        print(pbx.title() + " is connected");
        return pbx;
    }

    private static void show(Pbx paris, Pbx berlin) throws InterruptedException {
        print("");
        print("The queue in Paris has a member whose phone, Custom:agent2, is in Berlin.");
        change(berlin, paris, "Custom:agent2", "NOT_INUSE", "(Not in use)");
        change(berlin, paris, "Custom:agent2", "RINGING", "(Ringing)");
        change(berlin, paris, "Custom:agent2", "INUSE", "(In use)");
        change(berlin, paris, "Custom:agent2", "NOT_INUSE", "(Not in use)");
        print("");
        print("The queue in Berlin has one whose phone, Custom:agent1, is in Paris.");
        change(paris, berlin, "Custom:agent1", "BUSY", "(Busy)");
        change(paris, berlin, "Custom:agent1", "NOT_INUSE", "(Not in use)");
        print("");
    }

    private void explain(XmppServer xmpp, Pbx paris, Pbx berlin) {
        print("It stays up until you press Ctrl-C. To look inside:");
        print("  " + paris.title() + ": " + paris.howToLookInside());
        print("  " + berlin.title() + ": " + berlin.howToLookInside());
        print("    there, try: queue show support; xmpp show connections; devstate change Custom:agent2 INUSE");
        print("  " + xmpp.title() + ": clients at 127.0.0.1:" + xmpp.clientPort() + ", configuration and logs in "
                + folder.resolve("xmpp"));
    }

    private static Path jar(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath();
    }
}
