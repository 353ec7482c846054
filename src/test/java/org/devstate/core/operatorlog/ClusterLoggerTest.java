// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines about the nodes of a cluster: what repeats is logged once, and counted. */
final class ClusterLoggerTest {

    private static final int MOST_UNCONNECTED = 100;
    private static final String NODE_B = ServiceFixture.SERVICE + ": cluster node b ";

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final OperatorLogQueue queue = new OperatorLogQueue(ServiceFixture.SERVICE, clock, scheduler);
    private final Counters counters = new Counters();
    private final ClusterLogger logger = new ClusterLogger(queue, counters);

    @BeforeEach
    void linesAreLogged() {
        queue.sendTo(log);
    }

    @Test
    void anotherPolicyIsLoggedOnceUntilTheNodeJoinsAgain() {
        logger.hasOtherPolicy("b");
        logger.hasOtherPolicy("b");
        assertThat(warned()).singleElement().asString().startsWith(NODE_B + "has another policy than this one");
        logger.joined("b");
        logger.hasOtherPolicy("b");
        assertThat(warned()).hasSize(1);
    }

    @Test
    void anInvalidMessageIsLoggedOnceUntilTheNodeJoinsAgain() {
        logger.invalid("b", "it has no run");
        logger.invalid("b", "it has no time");
        assertThat(warned())
                .singleElement()
                .asString()
                .startsWith(NODE_B + "has sent an invalid message: it has no run.");
        logger.joined("b");
        logger.invalid("b", "it has no time");
        assertThat(warned()).hasSize(1);
        assertThat(counters.get(Counter.NODE_MESSAGES_IGNORED)).isEqualTo(3);
    }

    @Test
    void anUnconnectedNodeIsLoggedOnceUntilItJoins() {
        logger.unconnected("b");
        logger.unconnected("b");
        assertThat(happened())
                .containsExactly(NODE_B + "is not connected to this one; its messages are ignored until it is");
        logger.joined("b");
        logger.unconnected("b");
        assertThat(happened()).hasSize(2);
        assertThat(counters.get(Counter.NODE_MESSAGES_IGNORED)).isEqualTo(3);
    }

    /** Anything can be a name, and each is remembered. */
    @Test
    void unconnectedNodesAreLoggedUpToALimit() {
        for (int i = 0; i < 2 * MOST_UNCONNECTED; i++) {
            logger.unconnected("node" + i);
        }
        assertThat(happened()).hasSize(MOST_UNCONNECTED);
        assertThat(counters.get(Counter.NODE_MESSAGES_IGNORED)).isEqualTo(2 * MOST_UNCONNECTED);
    }

    @Test
    void aLostNodeIsLoggedWithItsServers() {
        logger.lost("b", 1);
        logger.lost("b", 2);
        assertThat(warned())
                .containsExactly(
                        NODE_B + "is lost; 1 server was connected to it and may come back to any node",
                        NODE_B + "is lost; 2 servers were connected to it and may come back to any node");
    }

    private List<String> warned() {
        scheduler.advance(0);
        return log.warned();
    }

    private List<String> happened() {
        scheduler.advance(0);
        return log.happened();
    }
}
