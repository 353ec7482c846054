// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.Office.CONNECT;
import static org.devstate.e2e.Office.GRACE;
import static org.devstate.e2e.Office.awaitMember;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.XmppServer.Part;

/**
 * Kills processes in some order, pbx4 among them, and restarts all but pbx4: no lamp may stay lit by it.
 *
 * @param killed the names of the killed processes, in that order, {@value #SERVER} among them or not
 * @param returns whether pbx4 comes back, too, without its former states
 */
record LostServers(List<String> killed, boolean returns) {

    /** The name of pbx4 in these tests. */
    static final String SERVER = "server";

    /** The account, and its password, by which {@link #run} asks for counters. */
    static final String ADMINISTRATOR = "admin";

    /** Has all orders tried that there are, which takes a quarter of an hour, and not only the gravest. */
    static final String ALL = "devstate.allKills";

    /** An Asterisk 16 sometimes needs a minute for that. */
    private static final Duration BACK = Duration.ofSeconds(90);

    /** Every order of every selection of these, with pbx4 back and without. */
    static Stream<LostServers> all(String... parts) {
        List<List<String>> orders = new ArrayList<>();
        addOrders(List.of(), List.of(parts), orders);
        return orders.stream()
                .flatMap(order -> order.contains(SERVER)
                        ? Stream.of(new LostServers(order, false), new LostServers(order, true))
                        : Stream.of(new LostServers(order, false)));
    }

    private static void addOrders(List<String> begun, List<String> left, List<List<String>> orders) {
        for (String next : left) {
            List<String> order = new ArrayList<>(begun);
            order.add(next);
            orders.add(order);
            addOrders(order, left.stream().filter(part -> !part.equals(next)).toList(), orders);
        }
    }

    /** Kills and restarts them, and fails if another server shows a wrong state in the end. */
    void run(Office office) throws InterruptedException {
        office.server(1).setDeviceState("Custom:agent1", "INUSE");
        try (Asterisk lost = office.startFourth(Release.V22)) {
            lost.setDeviceState("Custom:agent4", "BUSY");
            awaitAll(office, "Custom:agent4", "(Busy)", Office.RECONNECTED);
            office.awaitMemberOnOthers(1, "Custom:agent1", "(In use)", Office.RECONNECTED);
            awaitPersisted(office);

            List<Part> parts = office.xmpp().parts();
            killed.forEach(name -> kill(name, lost, parts));
            parts.stream().filter(part -> killed.contains(part.name())).forEach(part -> part.start()
                    .run());
            if (returns) {
                lost.forgetDevices();
                lost.restart();
                lost.awaitConnected(CONNECT);
            }

            boolean isLost = killed.contains(SERVER);
            office.servers()
                    .forEach(server -> Await.until(server.title() + " is connected", BACK, server::isConnected));
            awaitAll(office, "Custom:agent4", isLost ? "(Unavailable)" : "(Busy)", BACK.plus(GRACE));
            office.awaitMemberOnOthers(1, "Custom:agent1", "(In use)", BACK);
            awaitGraceOver(office);
            assertStays(office, isLost ? "(Unavailable)" : "(Busy)");
        }
    }

    /** Waits until all that was published is in the database. */
    private static void awaitPersisted(Office office) {
        Administrator administrator =
                new Administrator(office.folder().resolve("ctl"), office.xmpp(), ADMINISTRATOR, ADMINISTRATOR);
        Await.until("all is persisted", BACK, () -> administrator.rows("counters").stream()
                .anyMatch(row -> row.getString("counter").equals("store-pending") && row.getInt("value") == 0));
    }

    /** Waits for a grace period that begins now: that of a client which publishes a device, and ends. */
    private static void awaitGraceOver(Office office) throws InterruptedException {
        try (ServiceClient witness = office.login("pbx8", "witness")) {
            witness.subscribe("device_state");
            try (ServiceClient gone = office.login("pbx9", "offline-state")) {
                gone.send("<presence to='" + office.xmpp().service() + "'/>");
                gone.publish("device_state", ServiceClient.device("Custom:gone", "00:11:22:33:44:99", "INUSE"));
                awaitState(witness, "INUSE");
            }
            awaitState(witness, "UNAVAILABLE");
        }
    }

    private static void awaitState(ServiceClient witness, String state) throws InterruptedException {
        while (!witness.nextState("Custom:gone").equals(state)) {
            // an earlier one
        }
    }

    private static void kill(String name, Asterisk lost, List<Part> parts) {
        if (name.equals(SERVER)) {
            lost.kill();
            return;
        }
        parts.stream().filter(part -> part.name().equals(name)).forEach(part -> part.kill()
                .run());
    }

    private static void assertStays(Office office, String state) {
        for (Asterisk server : office.servers()) {
            assertThat(server.queueMember("Custom:agent4")).as(server.title()).endsWith(state);
        }
        office.othersThan(1).forEach(server -> assertThat(server.queueMember("Custom:agent1"))
                .as(server.title())
                .endsWith("(In use)"));
    }

    private static void awaitAll(Office office, String device, String state, Duration limit) {
        office.servers().forEach(server -> awaitMember(server, device, state, limit));
    }

    @Override
    public String toString() {
        return String.join(", ", killed) + (returns ? ", and back with nothing" : "");
    }
}
