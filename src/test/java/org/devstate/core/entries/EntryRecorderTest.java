// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.delivery.DeliveryContext;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.AudienceResolver;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Pace;
import org.devstate.core.state.StateTable;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

/** What listeners and subscribers learn of a change: alice is at a site whose offline state is INVALID. */
final class EntryRecorderTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid BOB = Jid.of("bob@example.net/b");
    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));
    private static final ItemKey DOOR = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/200", new Eid(1));
    private static final ItemKey MAILBOX = new ItemKey(NodeType.MESSAGE_WAITING, "500@default", new Eid(1));
    private static final ItemKey SAME_MAILBOX = new ItemKey(NodeType.MESSAGE_WAITING, "500@default", new Eid(2));
    private static final ItemKey OTHER_MAILBOX = new ItemKey(NodeType.MESSAGE_WAITING, "501@default", new Eid(1));
    private static final String PARIS =
            "site paris\nservers alice@example.net\noffline-state INVALID\nreceive allow * *\n";
    private static final String BERLIN = "site berlin\nservers bob@example.net\npublish allow *\nreceive allow * *\n";
    private static final String OPEN = PARIS + "publish allow *\n" + BERLIN;
    private static final String DROPPED = PARIS + "publish drop *\n" + BERLIN;

    private final ActivePolicy activePolicy = new ActivePolicy(ServiceFixture.policy(OPEN));
    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<String> recorded = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private final EntryListener listener = new EntryListener() {
        @Override
        public void changed(Entry entry, Notification notification) {
            recorded.add((notification.isOffline() ? "offline " : "changed ") + entry.value());
        }

        @Override
        public void publishedNonCachable(Notification notification) {
            recorded.add("non-cachable " + notification.value());
        }

        @Override
        public void ended(Notification notification) {
            recorded.add("ended " + notification.key() + " by " + notification.publisher() + " at "
                    + notification.changedAtMs());
        }

        @Override
        public void deviceAdded(ItemKey key, Account account) {}

        @Override
        public void removed(Entry last) {
            recorded.add("removed " + last.key());
        }
    };
    private final StateTable table = new StateTable(new Quota(10), listener);
    private final Subscriptions subscriptions = new Subscriptions(
            session -> Pace.DEFAULT,
            new AudienceResolver(activePolicy),
            new Quota(10),
            DeliveryContext.of(clock, scheduler, () -> 0),
            (session, notifications) -> notifications.forEach(notification ->
                    received.add(notification.key().eid().value() + " " + notification.value() + " to " + session)));
    private final EntryRecorder recorder = new EntryRecorder(table, subscriptions, activePolicy, listener, clock);

    @Test
    void aPublishOfTheOfflineStateOfTheSiteIsOfflineAndAnotherIsNot() {
        store(PHONE, DeviceState.UNKNOWN);
        store(PHONE, DeviceState.INVALID);
        store(PHONE, DeviceState.INUSE);
        store(PHONE, DeviceState.UNAVAILABLE);
        assertThat(recorded)
                .containsExactly("changed UNKNOWN", "offline INVALID", "changed INUSE", "offline UNAVAILABLE");
    }

    /** The policy is asked before the value is stored, and another one may be in force by then. */
    @Test
    void aValueThatAChangedPolicyDropsIsRemovedAgain() {
        store(DOOR, DeviceState.INUSE);
        store(OTHER_MAILBOX, new MailboxCounts(1, 1));
        CompiledPolicy before = activePolicy.now();
        activePolicy.change(ServiceFixture.policy(DROPPED));
        recorded.clear();

        recorder.store(publication(PHONE, DeviceState.BUSY, ALICE), before, outcome -> {});
        recorder.store(publication(MAILBOX, new MailboxCounts(2, 0), ALICE), before, outcome -> {});
        assertThat(table.get(PHONE)).isNull();
        assertThat(table.get(MAILBOX)).isNull();
        assertThat(table.get(DOOR)).as("another device").isNotNull();
        assertThat(table.get(OTHER_MAILBOX)).as("another mailbox").isNotNull();
        assertThat(recorded)
                .containsExactly(
                        "changed BUSY", "removed " + PHONE, "changed " + new MailboxCounts(2, 0), "removed " + MAILBOX);
    }

    /** A change over many entries takes long, and holds this lock. */
    @Test
    void aPublishDoesNotWaitForTheEndOfAChangeOfThePolicy() throws InterruptedException {
        CompiledPolicy before = activePolicy.now();
        Thread publisher =
                new Thread(() -> recorder.store(publication(PHONE, DeviceState.BUSY, ALICE), before, outcome -> {}));
        synchronized (activePolicy) {
            activePolicy.change(ServiceFixture.policy(OPEN + "receive deny * *\n"));
            publisher.start();
            publisher.join(30_000);
            assertThat(publisher.isAlive()).isFalse();
        }
        assertThat(table.get(PHONE)).isNotNull();
    }

    @Test
    void theStateBeforeANonCachableOneThatAChangedPolicyDropsIsRemoved() {
        store(PHONE, DeviceState.INUSE);
        CompiledPolicy before = activePolicy.now();
        activePolicy.change(ServiceFixture.policy(DROPPED));
        recorder.deliverNonCachable(publication(PHONE, DeviceState.BUSY, ALICE), before, outcome -> {});
        assertThat(table.get(PHONE)).isNull();
        assertThat(recorded).endsWith("non-cachable BUSY", "offline INVALID", "removed " + PHONE);
    }

    @Test
    void theEndOfAMailboxIsRecordedInTheNameOfItsAccount() {
        store(MAILBOX, new MailboxCounts(2, 1));
        clock.advance(5);
        recorder.withdraw(MAILBOX);
        assertThat(recorded)
                .endsWith("removed " + MAILBOX, "ended " + MAILBOX + " by alice@example.net at " + clock.wallMs());
    }

    @Test
    void anEmptyMailboxHasNoEnd() {
        store(MAILBOX, MailboxCounts.NONE);
        recorder.withdraw(MAILBOX);
        assertThat(recorded).containsExactly("offline " + MailboxCounts.NONE, "removed " + MAILBOX);
    }

    @Test
    void theEndOfAMailboxIsRecordedForTheEntryThatIsRemovedAlone() {
        store(MAILBOX, new MailboxCounts(2, 1));
        recorder.store(publication(SAME_MAILBOX, new MailboxCounts(1, 0), BOB), activePolicy.now(), outcome -> {});
        recorded.clear();
        recorder.withdraw(SAME_MAILBOX);
        assertThat(recorded)
                .containsExactly(
                        "removed " + SAME_MAILBOX,
                        "ended " + SAME_MAILBOX + " by bob@example.net at " + clock.wallMs());
    }

    @Test
    void aPublisherIsNotifiedOfTheEntryThatCountsWhenItsOwnIsDropped() {
        subscriptions.add(ALICE, NodeType.MESSAGE_WAITING);
        recorder.store(publication(SAME_MAILBOX, new MailboxCounts(1, 0), BOB), activePolicy.now(), outcome -> {});
        clock.advance(1);
        store(MAILBOX, new MailboxCounts(2, 1));
        scheduler.runAll();
        received.clear();
        recorder.apply(ServiceFixture.policy(DROPPED));
        recorder.flush();
        scheduler.runAll();
        assertThat(received).containsExactly("2 " + new MailboxCounts(1, 0) + " to " + ALICE);
        assertThat(table.get(MAILBOX)).isNull();
    }

    private void store(ItemKey key, Value value) {
        recorder.store(publication(key, value, ALICE), activePolicy.now(), outcome -> {});
    }

    private Publication publication(ItemKey key, Value value, Jid publisher) {
        return new Publication(key, value, publisher, 7, clock.wallMs());
    }
}
