// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;

/**
 * An XMPP server with the service, and three real Asterisk servers that share through it: pbx1 and pbx3 of release 22, pbx2 of
 * release 16, all three of one release if only one can be had; pbx3 has the mailbox. The accounts pbx4, for one more Asterisk, and pbx9, for a
 * plain client, are admitted as well; mallory and reader are not. The account admin is an administrator on every host.
 */
final class Office implements AutoCloseable {

    /** The folder of all these tests, each of which has one of its own in it. */
    static final Path FOLDER = Path.of(System.getProperty("devstate.target"), "e2e");

    static final Duration CONNECT = Duration.ofSeconds(15);

    /** As the hosts of these tests are configured. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * No timer of ours brings it: less than the grace period. How many milliseconds it takes is measured by scripts/bench; here other
     * servers and tests share the machine.
     */
    static final Duration AT_ONCE = Duration.ofSeconds(4);

    /** An Asterisk with mailboxes sometimes drops its own connection while it publishes its cache, and is back after 1-2 s. */
    static final Duration RECONNECTED = Duration.ofSeconds(5);

    private final Testbed testbed = Testbed.find();
    private final Path folder;
    private final XmppServer xmpp;
    private final List<Asterisk> servers;

    /** Takes over {@code xmpp}, which has just started; all are connected when it returns. */
    Office(Path folder, XmppServer xmpp) {
        this.folder = folder;
        this.xmpp = xmpp;
        List.of("admin", "pbx1", "pbx2", "pbx3", "pbx4", "pbx8", "pbx9", "mallory", "reader")
                .forEach(xmpp::addAccount);
        this.servers = startAll();
    }

    private List<Asterisk> startAll() {
        try {
            List<Asterisk> started = List.of(start(Release.V22, 1), start(Release.V16, 2), start(Release.V22, 3));
            started.forEach(server -> server.awaitConnected(CONNECT));
            return started;
        } catch (RuntimeException | AssertionError e) {
            xmpp.close();
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    XmppServer xmpp() {
        return xmpp;
    }

    List<Asterisk> servers() {
        return servers;
    }

    /** One of the three: 1 to 3. */
    Asterisk server(int number) {
        return servers.get(number - 1);
    }

    List<Asterisk> othersThan(int number) {
        return servers.stream().filter(server -> server != server(number)).toList();
    }

    /** Starts pbx4, of the other release if that one cannot be had, with those lines in its xmpp.conf; it is connected. The caller closes it. */
    Asterisk startFourth(Release release, String... options) {
        Asterisk fourth = start(release, 4, options);
        fourth.awaitConnected(CONNECT);
        return fourth;
    }

    /** Starts a server with those lines in its xmpp.conf and an existing account; it connects by itself. The caller closes it. */
    Asterisk start(Release release, int number, String... options) {
        return Asterisk.start(testbed, testbed.orOther(release), folder, "pbx" + number, number, xmpp, options);
    }

    /** Starts a server with hints on {@code devices}, and a manager interface; it is connected. The caller closes it. */
    Asterisk startConsuming(Release release, int number, List<String> devices) {
        Asterisk server = Asterisk.startConsuming(
                testbed, testbed.orOther(release), folder, "pbx" + number, number, xmpp, devices);
        server.awaitConnected(CONNECT);
        return server;
    }

    /** A plain client; the caller closes it. */
    ServiceClient login(String user, String resource) {
        return ServiceClient.login(xmpp, user, resource);
    }

    /** Waits until the queue of every server but that one shows {@code device} so. */
    void awaitMemberOnOthers(int number, String device, String state, Duration limit) {
        othersThan(number).forEach(server -> awaitMember(server, device, state, limit));
    }

    /** Waits until the queue of {@code server} shows {@code device} so, such as {@code "(In use)"}. */
    static void awaitMember(Asterisk server, String device, String state, Duration limit) {
        Await.until(server.title() + " shows " + device + " " + state, limit, () -> server.queueMember(device)
                .endsWith(state));
    }

    /** Waits for the hint on the mailbox, on the servers that do not have it. */
    void awaitMailbox(String state) {
        for (Asterisk server : othersThan(3)) {
            Await.until(server.title() + " shows the mailbox " + state, AT_ONCE, () -> server.mailboxHint()
                    .contains(state));
        }
    }

    void assertEveryServerRuns() {
        for (Asterisk server : servers) {
            assertThat(server.isAlive())
                    .as(() -> server.title() + " ended with status " + server.exitStatus())
                    .isTrue();
        }
    }

    @Override
    public void close() {
        servers.forEach(Asterisk::close);
        xmpp.close();
    }
}
