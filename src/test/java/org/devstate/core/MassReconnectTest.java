// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.Stanzas;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hundred servers come back at once, as after a restart of the XMPP server, and ten thousand entries await each of them. */
final class MassReconnectTest {

    private static final int SERVERS = 200;
    private static final int ENTRIES = 10_000;
    private static final int RATE = Limits.DEFAULT.snapshotRate();
    private static final Jid PUBLISHER = Jid.of("pbx@example.net/asterisk");

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final BusyHost host = new BusyHost();
    private final DeviceStateService service = new DeviceStateService(
            Jid.of("pubsub.example.net"),
            NodeOwnership.SOLE,
            Policy.ofOneSite(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT),
            new Host(clock, scheduler, host));

    @BeforeEach
    void tellOfAllEntries() {
        for (int i = 0; i < ENTRIES; i++) {
            publish("PJSIP/" + i, "INUSE");
        }
        for (int i = 0; i < SERVERS; i++) {
            service.handle(
                    Jid.of("pbx" + i + "@example.net/asterisk"),
                    Stanzas.subscribe("device_state", "pbx" + i + "@example.net"));
        }
    }

    @Test
    void eachSubscriberReceivesEverythingOnceWithinTheCommonRate() {
        int seconds = 0;
        long before = 0;
        while (host.sent < (long) SERVERS * ENTRIES) {
            scheduler.advance(1_000);
            seconds++;
            assertThat(host.sent - before).isBetween(1L, RATE * 11L / 10);
            before = host.sent;
        }
        scheduler.runAll();
        assertThat(seconds).isEqualTo(SERVERS * ENTRIES / RATE);
        assertThat(host.heard).hasSize(SERVERS).allSatisfy((receiver, devices) -> assertThat(devices)
                .hasSize(ENTRIES));
        assertThat(host.repeated).isZero();
    }

    @Test
    void pendingNotificationsAreAFractionOfThoseToBeSent() {
        long most = 0;
        for (int i = 0; i < 50; i++) {
            most = Math.max(most, service.status().queues().queued());
            scheduler.advance(100);
        }
        assertThat(most).isBetween(1L, SERVERS * ENTRIES / 20L);
    }

    @Test
    void aChangeMeanwhileReachesAllAtOnceAndIsNotRepeated() {
        scheduler.advance(300);
        host.changed.clear();
        publish("PJSIP/1", "RINGING");
        scheduler.advance(100); // a subscriber that has just been notified of the device is notified again when the
        // window closes
        assertThat(host.changed).hasSize(SERVERS).doesNotHaveDuplicates();
        scheduler.runAll();
        assertThat(host.changed).hasSize(SERVERS);
        assertThat(host.stale).isZero();
    }

    @Test
    void whileTheHostIsBlockedOnlyChangesLeaveAfterAWhile() {
        scheduler.advance(300);
        host.waiting = 9_999;
        long before = host.sent;
        host.changed.clear();
        scheduler.advance(1_000);
        publish("PJSIP/new", "RINGING");
        assertThat(host.sent).isEqualTo(before);
        scheduler.advance(250);
        assertThat(host.sent - before).isEqualTo(SERVERS);
        assertThat(host.changed).hasSize(SERVERS);
        host.waiting = 0;
        scheduler.advance(1_000);
        assertThat(host.sent - before).isGreaterThan(RATE / 2);
    }

    @Test
    void whileTheHostIsFullNothingLeavesAndThenTheLastValue() {
        scheduler.advance(300);
        host.waiting = 10_000;
        long before = host.sent;
        host.changed.clear();
        publish("PJSIP/new", "INUSE");
        publish("PJSIP/new", "RINGING");
        scheduler.advance(1_000);
        assertThat(host.sent).isEqualTo(before);
        host.waiting = 9_999;
        scheduler.advance(100);
        assertThat(host.sent - before).isEqualTo(SERVERS);
        assertThat(host.changed).hasSize(SERVERS).doesNotHaveDuplicates();
        assertThat(host.stale).isZero();
    }

    private void publish(String device, String state) {
        service.handle(PUBLISHER, Stanzas.publishState(device, "00:11:22:33:44:55", state));
    }

    /** Looks at sent stanzas instead of storing them. */
    private static final class BusyHost implements StanzaSender {
        private final Map<Jid, Set<String>> heard = new HashMap<>();

        /** The subscribers that received a ringing device. */
        private final List<Jid> changed = new ArrayList<>();

        private long sent;
        private long repeated;

        /** How often an older value followed a newer one. */
        private long stale;

        private int waiting;

        @Override
        public void send(Jid to, XmlElement stanza) {
            if (!stanza.name().equals("message")) {
                return;
            }
            sent++;
            XmlElement item =
                    stanza.children().get(0).children().get(0).children().get(0);
            String device = item.attributes().get("id");
            boolean again =
                    !heard.computeIfAbsent(to, receiver -> new HashSet<>()).add(device);
            repeated += again ? 1 : 0;
            if (item.children().get(0).text().equals("RINGING")) {
                changed.add(to);
            } else if ("PJSIP/1".equals(device)) {
                stale += changed.contains(to) ? 1 : 0;
            }
        }

        @Override
        public int waiting() {
            return waiting;
        }
    }
}
