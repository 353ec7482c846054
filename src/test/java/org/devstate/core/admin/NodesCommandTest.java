// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.devstate.core.DeviceStateService;
import org.devstate.core.Host;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.history.NodesCommand;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.replication.Replicator;
import org.devstate.core.spi.ClusterLink;
import org.devstate.core.store.Persister;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingSender;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Xml;
import org.junit.jupiter.api.Test;

final class NodesCommandTest {

    private static final XmlElement ALIVE = Xml.parse(
            "<replication xmlns='urn:devstate:replication' version='1' run='1' sent-at='1000000' joins='0'/>");

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);

    @Test
    void aServiceWithoutAClusterHasNoNodes() {
        assertThat(rows(new ServiceFixture().service)).isEmpty();
    }

    @Test
    void aNodeIsPresentFromItsFirstMessageOnAndLostWhenItIsSilentForFiveSeconds() {
        DeviceStateService service = inCluster();
        Replicator replicator = Objects.requireNonNull(service.replicator());
        replicator.join("node-b");
        assertThat(rows(service)).containsExactly(row("node-a", "this node"), row("node-b", "lost"));

        replicator.receive("node-b", ALIVE);
        scheduler.advance(4_900);
        assertThat(rows(service)).containsExactly(row("node-a", "this node"), row("node-b", "present"));

        scheduler.advance(1_100);
        assertThat(rows(service)).containsExactly(row("node-a", "this node"), row("node-b", "lost"));
    }

    private DeviceStateService inCluster() {
        ClusterLink link = new ClusterLink() {
            @Override
            public String self() {
                return "node-a";
            }

            @Override
            public void send(String node, XmlElement message) {}
        };
        return new DeviceStateService(
                ServiceFixture.SERVICE,
                NodeOwnership.SHARED,
                ServiceFixture.open(AccountGlobs.of(List.of("*@example.net")), LeaseTerms.DEFAULT),
                new Host(clock, scheduler, new RecordingSender(), Persister.NONE, link));
    }

    private static List<String> row(String name, String state) {
        return List.of(name, state);
    }

    private static List<List<String>> rows(DeviceStateService service) {
        Step.Done done = (Step.Done) new NodesCommand(service.administration()).begin();
        return done.result().tables().get(0).rows().stream()
                .map(row -> List.copyOf(row.subList(0, 2)))
                .toList();
    }
}
