// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A line between two places that can go dead without a signal to either end: three network namespaces of this process, that of the line
 * with a bridge between the other two. Nothing of it touches the machine's own network. Needs root and iproute2.
 */
public final class Wan implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Path ANYWHERE = Path.of("/");
    private static final String CENTRE_HOST = "10.77.0.1";
    private static final String SITE_HOST = "10.77.0.2";

    private final String name = "devstate-" + ProcessHandle.current().pid() + "-" + NUMBERS.getAndIncrement();
    private final String centre = name + "-centre";
    private final String site = name + "-site";
    private final String line = name + "-line";
    private final Thread cleaner = new Thread(this::remove, "cleaner");

    private Wan() {}

    /** Why there can be none here; empty if there can. */
    public static Optional<String> whyNot() {
        String name = "devstate-" + ProcessHandle.current().pid() + "-" + NUMBERS.getAndIncrement() + "-try";
        try {
            ip("netns", "add", name);
            ip("netns", "del", name);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("network namespaces need root and iproute2: " + e.getMessage());
        }
    }

    /** Lays the line; it works when this returns. */
    public static Wan open() {
        Wan wan = new Wan();
        Runtime.getRuntime().addShutdownHook(wan.cleaner);
        try {
            wan.lay();
        } catch (RuntimeException e) {
            wan.close();
            throw e;
        }
        return wan;
    }

    /** The place of the XMPP server; an Asterisk there finds it on the loopback interface. */
    public Place centre() {
        return Place.namespace(centre, "127.0.0.1");
    }

    /** The other end of the line. */
    public Place site() {
        return Place.namespace(site, CENTRE_HOST);
    }

    /** From now on nothing gets through. Neither end sees its link go down. */
    public void cut() {
        ip("-n", line, "link", "set", "bridge", "down");
    }

    /** Lets everything through again. */
    public void mend() {
        ip("-n", line, "link", "set", "bridge", "up");
    }

    /**
     * Makes the line bad, in each direction, by netem(8).
     *
     * @param how such as {@code "delay 75ms loss 10%"}
     * @return why it could not; empty if it could
     */
    public Optional<String> impair(String how) {
        try {
            for (String end : List.of("centre", "site")) {
                run("ip netns exec " + line + " tc qdisc add dev " + end + " root netem " + how);
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("no netem here: " + e.getMessage());
        }
    }

    /**
     * Limits the retransmissions after which the centre's TCP gives up a connection. The first is sent after 0.2 s and each later one
     * after twice the time of the one before. The kernel's own value is 15, which takes a quarter of an hour.
     */
    public void giveUpAfter(int retransmissions) {
        ServerProcess.run(
                ANYWHERE,
                Map.of(),
                centre().in(List.of("sh", "-c", "echo " + retransmissions + " > /proc/sys/net/ipv4/tcp_retries2")));
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // The JVM is ending; the hook does no harm any more.
        }
    }

    private void lay() {
        for (String namespace : List.of(line, centre, site)) {
            ip("netns", "add", namespace);
            ip("-n", namespace, "link", "set", "lo", "up");
        }
        ip("-n", line, "link", "add", "bridge", "type", "bridge");
        ip("-n", line, "link", "set", "bridge", "up");
        connect(centre, "centre", CENTRE_HOST);
        connect(site, "site", SITE_HOST);
    }

    private void connect(String namespace, String end, String address) {
        ip("-n", line, "link", "add", end, "type", "veth", "peer", "name", "wan", "netns", namespace);
        ip("-n", line, "link", "set", end, "master", "bridge", "up");
        ip("-n", namespace, "addr", "add", address + "/30", "dev", "wan");
        ip("-n", namespace, "link", "set", "wan", "up");
    }

    private void remove() {
        for (String namespace : List.of(site, centre, line)) {
            try {
                ip("netns", "del", namespace);
            } catch (RuntimeException e) {
                // It was not there: the line could not be laid, or has been removed.
            }
        }
    }

    private static void ip(String... arguments) {
        run("ip " + String.join(" ", arguments));
    }

    private static void run(String command) {
        ServerProcess.run(ANYWHERE, Map.of(), List.of(command.split(" ")));
    }
}
