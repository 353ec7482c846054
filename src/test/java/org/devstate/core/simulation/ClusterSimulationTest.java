// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster converges, and notifies every subscriber rightly, whatever happens to nodes, links, clocks and servers. */
final class ClusterSimulationTest {

    /** How many schedules; the profile {@code simulation} has a hundred thousand. */
    private static final int SCHEDULES = Integer.getInteger("devstate.schedules", 2_000);

    /** The first seed; {@code -Ddevstate.seed=N -Ddevstate.schedules=1} replays one schedule. */
    private static final long FIRST_SEED = Long.getLong("devstate.seed", 1);

    /** How many events a schedule has; with fewer, the same seed gives the beginning of the same schedule. */
    private static final int STEPS = Integer.getInteger("devstate.steps", 30);

    private static final int PROGRESS = 10_000;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void nodesAndSubscribersAgreeAfterEverySchedule() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
            if (!faults(seed, STEPS).isEmpty()) {
                int steps = fewestSteps(seed);
                ClusterSimulation shortest = new ClusterSimulation(seed, steps);
                shortest.run();
                String replay = "-Ddevstate.seed=" + seed + " -Ddevstate.schedules=1 -Ddevstate.steps=" + steps;
                assertThat(shortest.faults())
                        .as(() -> replay + "\n" + String.join("\n", shortest.trace()))
                        .isEmpty();
            }
            if ((seed - FIRST_SEED + 1) % PROGRESS == 0) {
                System.out.println(seed - FIRST_SEED + 1 + " of " + SCHEDULES + " schedules");
            }
        }
    }

    private static List<String> faults(long seed, int steps) {
        ClusterSimulation simulation = new ClusterSimulation(seed, steps);
        simulation.run();
        return simulation.faults();
    }

    private static int fewestSteps(long seed) {
        int steps = 1;
        while (faults(seed, steps).isEmpty()) {
            steps++;
        }
        return steps;
    }
}
