// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.e2e.ClusterOffice.SOON;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.FinalState;
import org.devstate.bench.load.Flood;
import org.devstate.bench.load.Tally;
import org.devstate.testbed.Await;
import org.devstate.testbed.HostSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A real Tigase node that is started again, while the other one has many entries. */
@InTigaseCluster
@Tag("long")
final class ClusterRestartIT {

    private static final int MANY_ENTRIES = 20_000;

    private static final List<String> PUBLISHERS =
            IntStream.range(10, 20).mapToObj(i -> "pbx" + i).toList();

    /** Far more than it takes; the time is printed. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static ClusterOffice office;

    @BeforeAll
    static void openTheOffice() {
        List<String> accounts = new ArrayList<>(PUBLISHERS);
        accounts.addAll(List.of("pbx1", "pbx2", "pbx3"));
        office = ClusterOffice.open(ClusterRestartIT.class, 2, 0, HostSetup.USUAL, accounts.toArray(String[]::new));
    }

    @AfterAll
    static void closeTheOffice() {
        if (office != null) {
            office.close();
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aNodeThatIsStartedAgainReceivesTheWholeTableAndSoDoItsSubscribers() {
        try (EventLoop loop = new EventLoop();
                ClientGroup group = new ClientGroup(loop, office.address(1), MANY_ENTRIES)) {
            office.cluster().kill(1);
            group.addPublishers(PUBLISHERS, List.of(office.address(2)));
            Flood flood = new Flood(group, 50, MANY_ENTRIES / PUBLISHERS.size());
            flood.start();
            Await.until("all are published", PATIENCE, () -> Tally.of(group).answered() == MANY_ENTRIES);
            long bytes = bytes();
            long startNanos = System.nanoTime();
            office.cluster().startAgain(1);
            office.cluster().node(1).awaitClients();
            Duration open = since(startNanos);
            group.addSubscribers(List.of("pbx1", "pbx2", "pbx3"), List.of(office.address(1)));
            try (ServiceClient admin = office.login(1, "admin", "nodes")) {
                Await.until("node1 has the tables of the others", PATIENCE, () -> hasTables(admin));
            }
            System.out.printf(
                    "a node with %d entries to receive took clients %d ms after its start, had all after %d ms, by %d KB%n",
                    MANY_ENTRIES, open.toMillis(), since(startNanos).toMillis(), (bytes() - bytes) / 1_000);
            Await.until("the subscribers have all", PATIENCE, () -> FinalState.await(group, PATIENCE)
                    .isRight());
            assertThat(Tally.of(group).rejected()).isZero();
            office.cluster().awaitTogether();
            assertThat(office.awaitSameEntries(SOON, 1, 2)).hasSize(MANY_ENTRIES);
        }
    }

    private static boolean hasTables(ServiceClient admin) {
        List<Map<String, String>> others = ClusterOffice.run(admin, "devstate-nodes", "").rows().stream()
                .filter(node -> "present".equals(node.get("state")))
                .toList();
        return !others.isEmpty() && others.stream().allMatch(node -> "true".equals(node.get("table-received")));
    }

    private static long bytes() {
        return office.network().bytes(1, 2);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
