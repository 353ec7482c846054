// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.devstate.core.delivery.DeliveryContext;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.entries.ChangeRecorder;
import org.devstate.core.entries.EntryRecorder;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.operatorlog.OperatorLogQueue;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.AudienceResolver;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Pace;
import org.devstate.core.sessions.Leases.PublishedLease;
import org.devstate.core.state.ChangeRing;
import org.devstate.core.state.StateTable;
import org.devstate.core.stats.Counters;
import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.RecordingOperatorLog;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When device entries take the offline state, at one node of a cluster: the sessions of node b are connected elsewhere. */
final class GracePeriodsTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid BOB = Jid.of("bob@example.net/b");
    private static final Eid EID = new Eid(1);
    private static final Eid OTHER_EID = new Eid(2);
    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", EID);
    private static final ItemKey DOOR = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/200", EID);
    private static final ItemKey OTHER_PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", OTHER_EID);
    private static final long GRACE_MS = 30_000;
    private static final String LINE = ServiceFixture.SERVICE + ": site default: ";

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final ActivePolicy activePolicy = new ActivePolicy(ServiceFixture.open(
            AccountGlobs.of(List.of("*@example.net")), new LeaseTerms(GRACE_MS, DeviceState.UNAVAILABLE)));
    private final ChangeRecorder listener = new ChangeRecorder(new ChangeRing(), clock);
    private final StateTable table = new StateTable(new Quota(100), listener);
    private final Subscriptions subscriptions = new Subscriptions(
            session -> Pace.DEFAULT,
            new AudienceResolver(activePolicy),
            new Quota(10),
            DeliveryContext.of(clock, scheduler, () -> 0),
            (session, notifications) -> {});
    private final EntryRecorder recorder = new EntryRecorder(table, subscriptions, activePolicy, listener, clock);
    private final RecordingOperatorLog log = new RecordingOperatorLog();
    private final OperatorLogQueue logQueue = new OperatorLogQueue(ServiceFixture.SERVICE, clock, scheduler);
    private final Counters counters = new Counters();
    private final Leases leases = new Leases();
    private final GracePeriods gracePeriods = new GracePeriods(
            recorder,
            leases,
            activePolicy,
            scheduler,
            new SessionReporter(counters, new SiteLogger(logQueue, activePolicy, clock), clock));

    @BeforeEach
    void linesAreLogged() {
        logQueue.sendTo(log);
    }

    @Test
    void devicesOfALostNodeTakeTheOfflineStateAfterTheGracePeriod() {
        store(PHONE, DeviceState.INUSE, ALICE, 7);
        store(DOOR, DeviceState.NOT_INUSE, ALICE, 7);
        store(OTHER_PHONE, DeviceState.INUSE, BOB, 8);
        leases.adopt(EID, "b", present(ALICE, 7));
        leases.adopt(OTHER_EID, "b", present(BOB, 8));

        assertThat(gracePeriods.lose("b")).isEqualTo(2);
        leases.adopt(OTHER_EID, "c", present(BOB, 8));
        scheduler.advance(GRACE_MS - 1);
        assertThat(value(PHONE)).isEqualTo(DeviceState.INUSE);
        assertThat(lines()).isEmpty();
        scheduler.advance(1);
        assertThat(value(PHONE)).isEqualTo(DeviceState.UNAVAILABLE);
        assertThat(value(DOOR)).isEqualTo(DeviceState.UNAVAILABLE);
        assertThat(value(OTHER_PHONE)).as("bob is at node c").isEqualTo(DeviceState.INUSE);
        assertThat(lines())
                .containsExactly(LINE + ALICE + " has not come back: 2 devices of EID " + EID + " now UNAVAILABLE");
        assertThat(counters.get(Counter.LEASES_EXPIRED)).isEqualTo(1);
        assertThat(counters.get(Counter.GONE)).isEqualTo(2);
    }

    @Test
    void aNodeWithoutServersIsLostWithoutAGracePeriod() {
        leases.adopt(EID, "b", present(ALICE, 7));
        assertThat(gracePeriods.lose("c")).isZero();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void entriesThatNoSessionAnswersForEndAfterTheGracePeriod() {
        store(PHONE, DeviceState.INUSE, ALICE, 7);
        endUnanswered();
        scheduler.advance(GRACE_MS - 1);
        endUnanswered();
        assertThat(value(PHONE)).isEqualTo(DeviceState.INUSE);
        scheduler.advance(1);
        endUnanswered();
        assertThat(value(PHONE)).isEqualTo(DeviceState.UNAVAILABLE);
    }

    @Test
    void aServerWithoutASessionIsLoggedWhenItsDevicesEnd() {
        leases.adopt(EID, "b", present(ALICE, 7));
        gracePeriods.lose("b");
        leases.adopt(EID, "b", null);
        store(PHONE, DeviceState.INUSE, ALICE, 7);
        endUnanswered();
        scheduler.advance(GRACE_MS - 1);
        assertThat(lines()).isEmpty();
        clock.advance(1);
        endUnanswered();
        assertThat(lines())
                .containsExactly(LINE + ALICE + " has not come back: 1 device of EID " + EID + " now UNAVAILABLE");
    }

    @Test
    void theGracePeriodBeginsAnewIfANodeHasAnsweredMeanwhile() {
        store(PHONE, DeviceState.INUSE, ALICE, 7);
        endUnanswered();
        scheduler.advance(GRACE_MS / 2);
        leases.adopt(EID, "b", present(ALICE, 7));
        endUnanswered();
        leases.adopt(EID, "b", null);
        scheduler.advance(GRACE_MS / 2);
        endUnanswered();
        assertThat(value(PHONE)).isEqualTo(DeviceState.INUSE);
        scheduler.advance(GRACE_MS);
        endUnanswered();
        assertThat(value(PHONE)).isEqualTo(DeviceState.UNAVAILABLE);
    }

    /** It was at a node whose clock was ahead, and that had no connection to this one. */
    @Test
    void entriesOfAFormerSessionWithAHigherEpochEndAfterTheGracePeriod() {
        logIn(ALICE);
        long epoch = leases.epoch(ALICE);
        store(PHONE, DeviceState.INUSE, ALICE, epoch);
        store(DOOR, DeviceState.INUSE, ALICE, epoch + 1);
        endUnanswered();
        scheduler.advance(GRACE_MS - 1);
        endUnanswered();
        assertThat(value(DOOR)).isEqualTo(DeviceState.INUSE);
        scheduler.advance(1);
        endUnanswered();
        assertThat(value(DOOR)).isEqualTo(DeviceState.UNAVAILABLE);
        assertThat(value(PHONE)).isEqualTo(DeviceState.INUSE);
    }

    /** Its server has logged in here, and the entry came from another node afterwards. */
    @Test
    void entriesThatALaterSessionHereDidNotRepeatEndAtOnce() {
        logIn(ALICE);
        long epoch = leases.epoch(ALICE);
        store(PHONE, DeviceState.INUSE, ALICE, epoch);
        store(DOOR, DeviceState.INUSE, ALICE, epoch - 1);
        endUnanswered();
        assertThat(value(PHONE)).isEqualTo(DeviceState.INUSE);
        assertThat(value(DOOR)).isEqualTo(DeviceState.UNAVAILABLE);
    }

    @Test
    void theOrderOfTheEntriesOfAServerDoesNotMatter() {
        logIn(ALICE);
        for (int device = 0; device < 20; device++) {
            ItemKey older = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + device, EID);
            store(older, DeviceState.INUSE, ALICE, leases.epoch(ALICE) - 1);
            for (int other = 0; other < 4; other++) {
                store(
                        new ItemKey(NodeType.DEVICE_STATE, "SIP/" + device + other, EID),
                        DeviceState.INUSE,
                        ALICE,
                        leases.epoch(ALICE));
            }
            endUnanswered();
            assertThat(value(older)).as("%s", older).isEqualTo(DeviceState.UNAVAILABLE);
        }
        assertThat(counters.get(Counter.GONE)).isEqualTo(20);
    }

    @Test
    void entriesOfASessionThatHasNotPublishedEverythingYetStay() {
        leases.begin(ALICE);
        leases.claim(EID, ALICE);
        store(PHONE, DeviceState.INUSE, ALICE, leases.epoch(ALICE) - 1);
        endUnanswered();
        scheduler.advance(GRACE_MS);
        endUnanswered();
        assertThat(value(PHONE)).isEqualTo(DeviceState.INUSE);
    }

    @Test
    void valuesSetByHandAndOfflineStatesNeedNoSession() {
        store(PHONE, DeviceState.INUSE, ALICE, Entry.BY_HAND);
        store(DOOR, DeviceState.INUSE, ALICE, Entry.NO_LEASE);
        endUnanswered();
        scheduler.advance(GRACE_MS);
        endUnanswered();
        assertThat(value(PHONE)).isEqualTo(DeviceState.INUSE);
        assertThat(value(DOOR)).isEqualTo(DeviceState.INUSE);
    }

    @Test
    void devicesOfAnEndedSessionTakeTheOfflineStateAfterTheGracePeriod() {
        logIn(ALICE);
        store(PHONE, DeviceState.INUSE, ALICE, leases.epoch(ALICE));
        gracePeriods.begin(Objects.requireNonNull(leases.end(ALICE, leases.epoch(ALICE))));
        scheduler.advance(GRACE_MS);
        assertThat(value(PHONE)).isEqualTo(DeviceState.UNAVAILABLE);
        assertThat(counters.get(Counter.SESSIONS_ENDED)).isEqualTo(1);
        assertThat(counters.get(Counter.LEASES_EXPIRED)).isEqualTo(1);
    }

    private void logIn(Jid session) {
        for (int i = 0; i < 5; i++) {
            leases.begin(session); // so that there are earlier epochs
        }
        leases.claim(EID, session);
        leases.completeLogin(session);
    }

    private void endUnanswered() {
        gracePeriods.endUnanswered(table, clock.monotonicNanos());
    }

    private void store(ItemKey key, Value value, Jid publisher, long epoch) {
        recorder.store(
                new Publication(key, value, publisher, epoch, clock.wallMs()), activePolicy.now(), outcome -> {});
    }

    private Value value(ItemKey key) {
        return Objects.requireNonNull(table.get(key)).value();
    }

    private List<String> lines() {
        scheduler.advance(0);
        return log.happened();
    }

    private static PublishedLease present(Jid owner, long epoch) {
        return new PublishedLease(owner, epoch, epoch, true);
    }
}
