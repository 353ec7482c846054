// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Policy;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines about rules without a site, and about sessions that are not subscribed. */
final class SiteLoggerTest {

    private static final String PARIS = "site paris\nservers alice@example.net\n";
    private static final Policy PLAIN = ServiceFixture.policy(PARIS);
    private static final Policy UNMATCHED =
            ServiceFixture.policy(PARIS + "receive allow branch* *\nreceive allow * *\n");

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final OperatorLogQueue queue = new OperatorLogQueue(ServiceFixture.SERVICE, clock, scheduler);
    private final SiteLogger logger = new SiteLogger(queue, new ActivePolicy(PLAIN), clock);

    @BeforeEach
    void linesAreLogged() {
        queue.sendTo(log);
    }

    @Test
    void aNewRuleWhoseGlobMatchesNoSiteIsLoggedOnce() {
        logger.changed(PLAIN, UNMATCHED);
        assertThat(rejected())
                .containsExactly(ServiceFixture.SERVICE + ": no site matches receive rule 1 of paris: allow branch* *");
        logger.changed(UNMATCHED, UNMATCHED);
        assertThat(rejected()).isEmpty();
        logger.changed(UNMATCHED, PLAIN);
        assertThat(rejected()).isEmpty();
    }

    @Test
    void aSessionThatIsNotSubscribedIsAFault() {
        logger.unsubscribed(Jid.of("alice@example.net/a"), "restart it");
        logger.unsubscribed(Jid.of("bob@example.net/b"), "restart it");
        scheduler.advance(0);
        assertThat(log.warned())
                .containsExactly(
                        ServiceFixture.SERVICE
                                + ": site paris: alice@example.net/a is connected but not subscribed: restart it",
                        ServiceFixture.SERVICE
                                + ": no site: bob@example.net/b is connected but not subscribed: restart it");
    }

    private List<String> rejected() {
        scheduler.advance(0);
        return log.rejected();
    }
}
