// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.policy.Site;
import org.devstate.core.spi.OperatorLog;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The warnings before an account or a site is full. */
final class FillLoggerTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid SECOND = Jid.of("alice@example.net/second");
    private static final Jid BOB = Jid.of("bob@example.net/b");
    private static final long DAY_MS = 86_400_000;
    private static final String PREFIX = ServiceFixture.SERVICE + ": site paris";
    private static final Site PARIS =
            Objects.requireNonNull(ServiceFixture.policy("site paris\nservers alice@example.net\nentries 100\n")
                    .site("paris"));

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final OperatorLogQueue queue = new OperatorLogQueue(ServiceFixture.SERVICE, clock, scheduler);
    private final FillLogger logger = new FillLogger(queue, clock, scheduler);
    private final List<Entry> entries = new ArrayList<>();

    @BeforeEach
    void linesAreLogged() {
        queue.sendTo(log);
        logger.lookAt((accounts, action) -> {
            Predicate<Entry> isAsked = entry -> accounts.test(entry.publisher());
            entries.stream().filter(isAsked).forEach(action);
        });
    }

    @Test
    void anAccountIsNamedAt80And95Percent() {
        logger.accountHas(ALICE, 79, 100, PARIS);
        assertThat(lines()).isEmpty();
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(lines())
                .containsExactly(PREFIX + ": alice@example.net has 80 of 100 devices and mailboxes that fit (80 %)");
        logger.accountHas(ALICE, 94, 100, PARIS);
        assertThat(lines()).isEmpty();
        logger.accountHas(SECOND, 95, 100, PARIS);
        assertThat(lines())
                .containsExactly(PREFIX + ": alice@example.net has 95 of 100 devices and mailboxes that fit (95 %)");
        logger.accountHas(ALICE, 96, 100, PARIS);
        assertThat(lines()).isEmpty();
    }

    @Test
    void anAccountIsNamedAgainADayLater() {
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(lines()).hasSize(1);
        clock.advance(DAY_MS - 1);
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(lines()).isEmpty();
        clock.advance(1);
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(lines()).hasSize(1);
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(lines()).isEmpty();
    }

    @Test
    void nothingIsPreparedWithoutALog() {
        queue.sendTo(OperatorLog.NONE);
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(scheduler.pending()).isZero();
        queue.sendTo(log);
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(lines()).as("the first one of the day that is logged").hasSize(1);
    }

    @Test
    void theLargestGroupOfTheAccountIsNamedAndNotThoseOfOthers() {
        for (int i = 0; i < 3; i++) {
            add(ALICE, "Local/" + i);
        }
        add(ALICE, "PJSIP/1");
        for (int i = 0; i < 9; i++) {
            add(BOB, "PJSIP/b" + i);
        }
        logger.accountHas(ALICE, 80, 100, PARIS);
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("; 3 of them (75 %) match 'device Local/*'", "the publish rule 'drop device Local/*'");
    }

    @Test
    void aSiteIsNamedUntilItIsFull() {
        add(ALICE, "PJSIP/1");
        add(BOB, "SIP/1");
        logger.siteHas(PARIS, 79);
        assertThat(lines()).isEmpty();
        logger.siteHas(PARIS, 100);
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith(PREFIX + " has 100 of 100 devices and mailboxes that fit (100 %); 1 of them (100 %)")
                .contains("'device PJSIP/*'");
        clock.advance(DAY_MS);
        logger.siteHas(PARIS, 101);
        assertThat(lines()).as("a publish that is rejected").isEmpty();
    }

    private void add(Jid publisher, String device) {
        ItemKey key = new ItemKey(NodeType.DEVICE_STATE, device, new Eid(1));
        entries.add(new Entry(new Publication(key, DeviceState.INUSE, publisher, 7, 5), 1));
    }

    private List<String> lines() {
        scheduler.advance(0);
        return log.rejected();
    }
}
