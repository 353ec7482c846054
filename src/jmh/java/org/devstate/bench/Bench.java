// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.util.List;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.model.Jid;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;

/** A service in simulated time, as a host in front of Asterisk servers has it. For one thread. */
final class Bench {

    static final Jid SERVICE = Jid.of("pubsub.example.net");

    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final DeviceStateService service;

    /** @param sender takes the service's stanzas */
    Bench(StanzaSender sender) {
        this(oneSite(), sender);
    }

    /** @param sender takes the service's stanzas */
    Bench(Policy policy, StanzaSender sender) {
        service = new DeviceStateService(SERVICE, NodeOwnership.SHARED, policy, new Host(clock, scheduler, sender));
    }

    private static Policy oneSite() {
        AccountGlobs everybody = AccountGlobs.of(List.of("*@example.net"));
        return new Policy(List.of(Site.open("all", everybody).with(Site.Tuning.DEFAULT.withEntries(10_000_000))));
    }

    /** The server of that number. */
    static Jid server(int number) {
        return Jid.of("pbx" + number + "@example.net/asterisk");
    }

    /** The EID of the server of that number. */
    static String eid(int number) {
        return "02:00:00:00:%02x:%02x".formatted(number >> 8 & 0xff, number & 0xff);
    }

    /** Subscribes that many servers to the device states, numbered from 1,000. */
    void subscribeToAll(int servers) {
        for (int i = 0; i < servers; i++) {
            subscribe(server(1_000 + i));
        }
        scheduler.runAll();
    }

    void subscribe(Jid server) {
        service.handle(server, subscription(server));
    }

    /** The request of a server that subscribes to the device states. */
    static XmlElement subscription(Jid server) {
        return PublishStanza.iq(
                "x1",
                XmlElement.element("subscribe", PublishStanza.PUBSUB)
                        .attribute("node", "device_state")
                        .attribute("jid", server.bare())
                        .build());
    }
}
