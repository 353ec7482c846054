// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.AudienceResolver;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Pace;
import org.devstate.core.state.FinalValue;
import org.devstate.core.state.StateTable;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.devstate.core.testing.ServiceFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of an entry, or a removal, of another node. */
final class EntryMergerTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final Jid BOB = Jid.of("bob@example.net/b");
    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));
    private static final ItemKey MAILBOX = new ItemKey(NodeType.MESSAGE_WAITING, "500@default", new Eid(1));
    private static final ItemKey SAME_MAILBOX = new ItemKey(NodeType.MESSAGE_WAITING, "500@default", new Eid(2));

    private final ActivePolicy activePolicy = new ActivePolicy(ServiceFixture.open(
            AccountGlobs.of(List.of("*@example.net")), new LeaseTerms(30_000, DeviceState.INVALID)));
    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<String> received = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private long removedAtMs;
    private final EntryListener listener = new EntryListener() {
        @Override
        public void changed(Entry entry, Notification notification) {
            heard.add("changed here");
        }

        @Override
        public void publishedNonCachable(Notification notification) {
            heard.add("non-cachable here");
        }

        @Override
        public void ended(Notification notification) {
            heard.add("ended " + notification.value() + " by " + notification.publisher());
        }

        @Override
        public void deviceAdded(ItemKey key, Account account) {
            heard.add("device added");
        }

        @Override
        public void removed(Entry last) {
            heard.add("removed here");
        }

        @Override
        public void changedElsewhere(Entry entry, Notification notification) {
            heard.add("changed " + entry.value() + (notification.isOffline() ? " offline" : ""));
        }

        @Override
        public void publishedElsewhere(Notification notification) {
            heard.add("non-cachable " + notification.value());
        }

        @Override
        public void removedElsewhere(Entry last) {
            heard.add("removed " + last.value());
        }

        @Override
        public void reasserted(Entry entry) {
            heard.add("reasserted at " + entry.changedAtMs());
        }

        @Override
        public long removedAtMs(ItemKey key) {
            return removedAtMs;
        }
    };
    private final StateTable table = new StateTable(new Quota(10), listener);
    private final Subscriptions subscriptions = new Subscriptions(
            session -> Pace.DEFAULT,
            new AudienceResolver(activePolicy),
            new Quota(10),
            DeliveryContext.of(clock, scheduler, () -> 0),
            (session, notifications) -> notifications.forEach(notification ->
                    received.add(text(notification.value()) + (notification.cachable() ? "" : " once"))));
    private final EntryRecorder recorder = new EntryRecorder(table, subscriptions, activePolicy, listener, clock);

    EntryMergerTest() {
        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        subscriptions.add(BOB, NodeType.MESSAGE_WAITING);
    }

    @Test
    void anUnknownEntryIsStoredAndSubscribersAreNotified() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        assertThat(known(PHONE)).isEqualTo(device(DeviceState.INUSE, 7, 5).withVersion(1));
        assertThat(received).containsExactly("INUSE");
        assertThat(heard).containsExactly("changed INUSE");
    }

    @Test
    void aNewerEntryCountsAndAnOlderOneIsIgnored() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        merge(device(DeviceState.BUSY, 7, 6), 0);
        merge(device(DeviceState.RINGING, 7, 4), 0);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.BUSY);
        assertThat(received).containsExactly("INUSE", "BUSY");
    }

    @Test
    void twoEntriesOfOneTimeAreDecidedEquallyInEitherOrder() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        merge(device(DeviceState.BUSY, 7, 5), 0);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.INUSE);
        ItemKey other = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/101", new Eid(1));
        merge(entry(other, DeviceState.BUSY, 7, 5), 0);
        merge(entry(other, DeviceState.INUSE, 7, 5), 0);
        assertThat(known(other).value()).isEqualTo(DeviceState.INUSE);
    }

    @Test
    void anEntryThatArrivesTwiceNotifiesOnce() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        merge(device(DeviceState.INUSE, 7, 5), 0);
        assertThat(received).containsExactly("INUSE");
        assertThat(heard).hasSize(1);
    }

    @Test
    void aLaterEntryOfTheSameValueNotifiesNoSubscriber() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        merge(device(DeviceState.INUSE, 8, 6), 0);
        assertThat(known(PHONE)).isEqualTo(device(DeviceState.INUSE, 8, 6).withVersion(1));
        assertThat(received).containsExactly("INUSE");
    }

    @Test
    void anAwaitedDeviceYieldsToAnyValue() {
        recorder.restore(Entry.awaited(PHONE, ALICE));
        removedAtMs = 9;
        merge(device(DeviceState.INUSE, 7, 5), 0);
        assertThat(received).containsExactly("INUSE");
    }

    @Test
    void anEntryThatIsNoLaterThanItsRemovalIsIgnored() {
        removedAtMs = 5;
        merge(device(DeviceState.INUSE, 7, 5), 0);
        assertThat(table.get(PHONE)).isNull();
        assertThat(heard).isEmpty();
        merge(device(DeviceState.INUSE, 7, 6), 0);
        assertThat(received).containsExactly("INUSE");
    }

    @Test
    void theEndOfALeaseReachesSubscribersAsAnOfflineState() {
        merge(device(DeviceState.INVALID, Entry.NO_LEASE, 5), 0);
        assertThat(heard).containsExactly("changed INVALID offline");
    }

    @Test
    void theOfflineStateOfTheSiteIsOneWhenItsServerPublishesIt() {
        merge(device(DeviceState.INVALID, 7, 5), 0);
        merge(device(DeviceState.UNKNOWN, 7, 6), 0);
        assertThat(heard).containsExactly("changed INVALID offline", "changed UNKNOWN");
    }

    @Test
    void anOlderSessionDoesNotOverruleTheOneThatIsConnectedHere() {
        publish(DeviceState.INUSE, 7, 5);
        merge(device(DeviceState.BUSY, 6, 9), 7);
        assertThat(known(PHONE)).isEqualTo(device(DeviceState.INUSE, 7, 10).withVersion(1));
        assertThat(received).containsExactly("INUSE");
        assertThat(heard).endsWith("reasserted at 10");
    }

    @Test
    void aDecisionElsewhereThatTheServerIsGoneDoesNotCountWhileItIsConnectedHere() {
        publish(DeviceState.INUSE, 7, 5);
        merge(device(DeviceState.INVALID, Entry.NO_LEASE, 9), 7);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.INUSE);
        assertThat(heard).endsWith("reasserted at 10");
    }

    @Test
    void anOlderEntryIsNotReassertedAgainst() {
        publish(DeviceState.INUSE, 7, 5);
        heard.clear();
        merge(device(DeviceState.BUSY, 6, 4), 7);
        assertThat(known(PHONE)).isEqualTo(device(DeviceState.INUSE, 7, 5).withVersion(1));
        assertThat(heard).isEmpty();
    }

    @Test
    void theSameOrALaterSessionElsewhereCounts() {
        publish(DeviceState.INUSE, 7, 5);
        merge(device(DeviceState.BUSY, 7, 9), 7);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.BUSY);
        merge(device(DeviceState.RINGING, 8, 10), 7);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.RINGING);
    }

    @Test
    void aValueThatAnAdministratorHasSetCounts() {
        publish(DeviceState.INUSE, 7, 5);
        merge(device(DeviceState.BUSY, Entry.BY_HAND, 9), 7);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.BUSY);
    }

    @Test
    void anEntryThatTheSessionHereHasNotPublishedIsNotItsOwn() {
        publish(DeviceState.INUSE, 5, 5);
        merge(device(DeviceState.BUSY, 6, 9), 7);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.BUSY);
    }

    @Test
    void withoutASessionHereTheLaterEntryCounts() {
        publish(DeviceState.INUSE, 7, 5);
        merge(device(DeviceState.BUSY, 6, 9), 0);
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.BUSY);
    }

    @Test
    void aRemovalEndsTheEntryWithItsLastValue() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        assertThat(remove(PHONE, 6, 7, new FinalValue(DeviceState.UNAVAILABLE, ALICE), 0))
                .isTrue();
        assertThat(table.get(PHONE)).isNull();
        assertThat(received).containsExactly("INUSE", "UNAVAILABLE");
        assertThat(heard).containsExactly("changed INUSE", "removed INUSE", "ended UNAVAILABLE by " + ALICE);
    }

    @Test
    void aRemovalWithoutALastValueEndsWithTheOfflineStateInTheNameOfTheAccount() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        assertThat(remove(PHONE, 6, 7, null, 0)).isTrue();
        assertThat(received).containsExactly("INUSE", "INVALID");
        assertThat(heard).endsWith("ended INVALID by alice@example.net");
    }

    @Test
    void aRemovalThatIsNoLaterThanTheEntryIsIgnored() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        assertThat(remove(PHONE, 5, 7, null, 0)).isFalse();
        assertThat(known(PHONE).value()).isEqualTo(DeviceState.INUSE);
        assertThat(received).containsExactly("INUSE");
        assertThat(heard).hasSize(1);
    }

    @Test
    void theRemovalOfAnUnknownKeyIsToBeRemembered() {
        assertThat(remove(PHONE, 5, 7, null, 0)).isTrue();
        assertThat(received).isEmpty();
    }

    /** A subscriber may have received the device at the node that it was connected to before. */
    @Test
    void theRecentEndOfAnUnknownDeviceIsSent() {
        long atMs = clock.wallMs();

        assertThat(remove(PHONE, atMs, 7, new FinalValue(DeviceState.UNAVAILABLE, ALICE), 0))
                .isTrue();

        assertThat(received).containsExactly("UNAVAILABLE");
        assertThat(heard).isEmpty();
    }

    @Test
    void theRecentEndOfAnUnknownDeviceIsSentToAServerThatLogsInLater() {
        subscriptions.remove(BOB, NodeType.DEVICE_STATE);
        recorder.expectSubscription(BOB, NodeType.DEVICE_STATE);
        remove(PHONE, clock.wallMs(), 7, new FinalValue(DeviceState.UNAVAILABLE, ALICE), 0);
        assertThat(received).isEmpty();

        subscriptions.add(BOB, NodeType.DEVICE_STATE);
        recorder.startSnapshot(BOB, NodeType.DEVICE_STATE, () -> recipient -> false);
        scheduler.advance(60_000);

        assertThat(received).containsExactly("UNAVAILABLE");
    }

    @Test
    void theEndOfAnUnknownDeviceIsNotSentAgain() {
        removedAtMs = clock.wallMs();

        assertThat(remove(PHONE, removedAtMs, 7, new FinalValue(DeviceState.UNAVAILABLE, ALICE), 0))
                .isTrue();

        assertThat(received).isEmpty();
    }

    @Test
    void theEndOfAnUnknownDeviceIsNotSentToItsServer() {
        remove(PHONE, clock.wallMs(), 7, new FinalValue(DeviceState.UNAVAILABLE, BOB), 0);

        assertThat(received).isEmpty();
    }

    @Test
    void anOldEndOfAnUnknownDeviceIsNotSent() {
        long settledMs = TimeUnit.MINUTES.toMillis(RecentEndings.SETTLED_MINUTES);
        FinalValue last = new FinalValue(DeviceState.UNAVAILABLE, ALICE);

        remove(PHONE, clock.wallMs() - settledMs, 7, last, 0);
        assertThat(received).isEmpty();

        remove(PHONE, clock.wallMs() - settledMs + 1, 7, last, 0);
        assertThat(received).containsExactly("UNAVAILABLE");
    }

    @Test
    void theRecentEndOfAnUnknownMailboxIsSent() {
        remove(MAILBOX, clock.wallMs(), 7, new FinalValue(MailboxCounts.NONE, ALICE), 0);

        assertThat(received).containsExactly("0/0");
        assertThat(heard).isEmpty();
    }

    @Test
    void theRecentEndOfAnUnknownMailboxIsSentToAServerThatLogsInLater() {
        subscriptions.remove(BOB, NodeType.MESSAGE_WAITING);
        recorder.expectSubscription(BOB, NodeType.MESSAGE_WAITING);
        remove(MAILBOX, clock.wallMs(), 7, new FinalValue(MailboxCounts.NONE, ALICE), 0);
        assertThat(received).isEmpty();

        subscriptions.add(BOB, NodeType.MESSAGE_WAITING);
        recorder.startSnapshot(BOB, NodeType.MESSAGE_WAITING, () -> recipient -> false);
        scheduler.advance(60_000);

        assertThat(received).containsExactly("0/0");
    }

    /** A subscriber may have received the unknown entry last. */
    @Test
    void theValueLeftOfAMailboxIsSentWhenAnUnknownEntryEnds() {
        merge(mailbox(MAILBOX, 2, 7, 5), 0);

        remove(SAME_MAILBOX, clock.wallMs(), 7, new FinalValue(MailboxCounts.NONE, ALICE), 0);

        assertThat(received).containsExactly("2/0", "2/0");
    }

    @Test
    void theEndOfAnUnknownMailboxIsNotSentToItsServer() {
        remove(MAILBOX, clock.wallMs(), 7, new FinalValue(MailboxCounts.NONE, BOB), 0);

        assertThat(received).isEmpty();
    }

    @Test
    void theEndOfAKnownMailboxIsSentOnce() {
        merge(mailbox(MAILBOX, 2, 7, 5), 0);

        remove(MAILBOX, clock.wallMs(), 7, new FinalValue(MailboxCounts.NONE, ALICE), 0);

        assertThat(received).containsExactly("2/0", "0/0");
    }

    @Test
    void anOldEndOfAnUnknownMailboxIsNotSent() {
        long settledMs = TimeUnit.MINUTES.toMillis(RecentEndings.SETTLED_MINUTES);

        remove(MAILBOX, clock.wallMs() - settledMs, 7, new FinalValue(MailboxCounts.NONE, ALICE), 0);

        assertThat(received).isEmpty();
    }

    @Test
    void anAwaitedDeviceYieldsToARemoval() {
        recorder.restore(Entry.awaited(PHONE, ALICE));
        assertThat(remove(PHONE, 0, 7, null, 0)).isTrue();
        assertThat(table.get(PHONE)).isNull();
    }

    @Test
    void aRemovalByAnOlderSessionDoesNotCountWhileTheServerIsConnectedHere() {
        publish(DeviceState.INUSE, 7, 5);
        assertThat(remove(PHONE, 9, 6, null, 7)).isFalse();
        assertThat(known(PHONE)).isEqualTo(device(DeviceState.INUSE, 7, 10).withVersion(1));
        assertThat(heard).endsWith("reasserted at 10");
    }

    @Test
    void theNewestEntryOfAMailboxIsSent() {
        merge(mailbox(MAILBOX, 1, 7, 5), 0);
        merge(mailbox(SAME_MAILBOX, 2, 7, 6), 0);
        assertThat(received).containsExactly("1/0", "2/0");
    }

    @Test
    void anOlderEntryOfAMailboxIsStoredAndNotSent() {
        merge(mailbox(MAILBOX, 1, 7, 5), 0);
        merge(mailbox(SAME_MAILBOX, 2, 7, 4), 0);
        assertThat(received).containsExactly("1/0");
        assertThat(known(SAME_MAILBOX).value()).isEqualTo(new MailboxCounts(2, 0));
        assertThat(heard).containsExactly("changed " + new MailboxCounts(1, 0), "changed " + new MailboxCounts(2, 0));
    }

    @Test
    void theNewestEntryLeftOfAMailboxIsSentWhenAnEntryIsRemoved() {
        merge(mailbox(MAILBOX, 1, 7, 5), 0);
        merge(mailbox(SAME_MAILBOX, 2, 7, 6), 0);
        assertThat(remove(SAME_MAILBOX, 7, 7, null, 0)).isTrue();
        assertThat(received).containsExactly("1/0", "2/0", "1/0");
        assertThat(remove(MAILBOX, 7, 7, null, 0)).isTrue();
        assertThat(received).endsWith("0/0");
    }

    @Test
    void aMailboxIsReassertedWhileItsServerIsConnectedHere() {
        store(new Publication(MAILBOX, new MailboxCounts(1, 0), ALICE, 7, 5));
        merge(mailbox(MAILBOX, 3, 6, 9), 7);
        assertThat(known(MAILBOX).value()).isEqualTo(new MailboxCounts(1, 0));
        assertThat(heard).endsWith("reasserted at 10");
    }

    /** Every other node has it as the newest one then, too. */
    @Test
    void aReassertedEntryThatIsTheNewestOfItsMailboxFromNowOnIsSent() {
        store(new Publication(MAILBOX, new MailboxCounts(1, 0), ALICE, 7, 5));
        merge(mailbox(SAME_MAILBOX, 2, 7, 8), 0);
        merge(mailbox(MAILBOX, 3, 6, 9), 7);
        assertThat(received).containsExactly("1/0", "2/0", "1/0");
    }

    @Test
    void aNonCachableValueIsDelivered() {
        mergeAll(merger -> merger.deliverNonCachable(Notification.nonCachable(PHONE, DeviceState.RINGING, ALICE, 5)));
        assertThat(received).containsExactly("RINGING once");
        assertThat(heard).containsExactly("non-cachable RINGING");
        assertThat(table.get(PHONE)).isNull();
    }

    @Test
    void theStoredValueIsSentAgainAfterANonCachableOne() {
        merge(device(DeviceState.INUSE, 7, 5), 0);
        mergeAll(merger -> merger.deliverNonCachable(Notification.nonCachable(PHONE, DeviceState.RINGING, ALICE, 6)));
        merge(device(DeviceState.INUSE, 7, 7), 0);
        assertThat(received).containsExactly("INUSE", "RINGING once", "INUSE");
    }

    private void publish(DeviceState state, long epoch, long atMs) {
        store(new Publication(PHONE, state, ALICE, epoch, atMs));
    }

    private void store(Publication publication) {
        recorder.store(publication, activePolicy.now(), outcome -> {});
        scheduler.advance(60_000);
    }

    private void merge(Entry replica, long heldEpoch) {
        mergeAll(merger -> merger.merge(replica, heldEpoch));
    }

    private boolean remove(ItemKey key, long atMs, long epoch, @Nullable FinalValue last, long heldEpoch) {
        boolean[] removed = new boolean[1];
        mergeAll(merger -> removed[0] = merger.remove(key, atMs, epoch, last, heldEpoch));
        return removed[0];
    }

    /** Lets pass what subscribers wait for meanwhile. */
    private void mergeAll(ReplicatedChanges changes) {
        recorder.merge(changes);
        scheduler.advance(60_000);
    }

    private Entry known(ItemKey key) {
        return Objects.requireNonNull(table.get(key));
    }

    private static Entry device(DeviceState state, long epoch, long atMs) {
        return entry(PHONE, state, epoch, atMs);
    }

    private static Entry mailbox(ItemKey key, int newMessages, long epoch, long atMs) {
        return entry(key, new MailboxCounts(newMessages, 0), epoch, atMs);
    }

    private static Entry entry(ItemKey key, Value value, long epoch, long atMs) {
        return new Entry(new Publication(key, value, ALICE, epoch, atMs), 0);
    }

    private static String text(Value value) {
        return value instanceof MailboxCounts counts
                ? counts.newMessages() + "/" + counts.oldMessages()
                : value.toString();
    }
}
