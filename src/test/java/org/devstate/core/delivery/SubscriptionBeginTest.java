// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.devstate.core.policy.Pace;
import org.devstate.core.state.Mailboxes;
import org.devstate.core.state.StateTable;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;

/** A subscription begins while entries change: before it, before the walk over the table, and between its parts. */
final class SubscriptionBeginTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final NodeType NODE = NodeType.MESSAGE_WAITING;
    private static final int KEYS = 12;

    /** A table and a subscriber; each change has a new value. */
    private static final class Bench {
        private final ManualClock clock = new ManualClock();
        private final ManualScheduler scheduler = new ManualScheduler(clock);
        private final StateTable table = new StateTable(new Quota(Integer.MAX_VALUE));
        private final List<Notification> heard = new ArrayList<>();
        private final Subscriptions subscriptions = new Subscriptions(
                jid -> Pace.DEFAULT,
                event -> jid -> true,
                new Quota(Integer.MAX_VALUE),
                DeliveryContext.of(clock, scheduler, () -> 0),
                (to, events) -> heard.addAll(events));
        private int changes;

        void change(List<Integer> keys) {
            for (int number : keys) {
                ItemKey key = new ItemKey(NODE, "box" + number, new Eid(1));
                table.put(new Publication(key, new MailboxCounts(++changes, 0), ALICE, 1, clock.wallMs()), this::offer);
                subscriptions.flush();
                clock.advance(number); // some windows close, some do not
            }
        }

        private void offer(Entry entry) {
            subscriptions.offer(Notification.of(entry));
        }

        void subscribe(List<Integer> beforeTheWalk, List<Integer> betweenItsParts) {
            subscriptions.begin(BOB, NODE, () -> {
                change(beforeTheWalk);
                scheduler.advance(500); // longer than any window
                Mailboxes.MailboxWalk walk = table.mailboxes().walk();
                List<Integer> rest = new ArrayList<>(betweenItsParts);
                return receiver -> {
                    if (!rest.isEmpty()) {
                        change(List.of(rest.remove(0)));
                    }
                    return walk.next((entries, changesBefore) -> {
                        if (entries.get(0).version() <= changesBefore) {
                            boolean unused = receiver.offer(Notification.of(entries.get(0)));
                        }
                    });
                };
            });
            subscriptions.flush(BOB);
            scheduler.runAll();
        }

        void assertAllAreKnownAndNothingWasToldTwice() {
            Map<ItemKey, Notification> last = new HashMap<>();
            heard.forEach(event -> last.put(event.key(), event));
            List<Notification> known = new ArrayList<>();
            table.forEach(NODE, entry -> known.add(Notification.of(entry)));
            assertThat(last.values())
                    .extracting(Notification::value)
                    .containsExactlyInAnyOrderElementsOf(
                            known.stream().map(Notification::value).toList());
            assertThat(heard).extracting(Notification::value).doesNotHaveDuplicates();
        }
    }

    @Provide
    Arbitrary<List<Integer>> keys() {
        return Arbitraries.integers().between(0, KEYS - 1).list().ofMaxSize(20);
    }

    @Property(tries = 300)
    void changesSinceTheSubscriptionAreNotRepeatedByTheSnapshot(
            @ForAll("keys") List<Integer> before,
            @ForAll("keys") List<Integer> sinceTheSubscription,
            @ForAll("keys") List<Integer> beforeTheWalk,
            @ForAll("keys") List<Integer> betweenItsParts) {
        Bench bench = new Bench();
        bench.change(before);
        bench.subscriptions.add(BOB, NODE);
        bench.change(sinceTheSubscription);
        bench.subscribe(beforeTheWalk, betweenItsParts);

        bench.assertAllAreKnownAndNothingWasToldTwice();
    }

    /** A repeated subscription receives the whole snapshot again, values that were sent before included. */
    @Property(tries = 300)
    void aRepeatedSubscriptionReceivesTheWholeSnapshot(
            @ForAll("keys") List<Integer> before,
            @ForAll("keys") List<Integer> beforeTheWalk,
            @ForAll("keys") List<Integer> betweenItsParts) {
        Bench bench = new Bench();
        bench.subscriptions.add(BOB, NODE);
        bench.change(before);
        bench.subscribe(before, List.of());
        bench.heard.clear();

        bench.subscribe(beforeTheWalk, betweenItsParts);

        bench.assertAllAreKnownAndNothingWasToldTwice();
    }

    /** Notifications to a subscription that has ended since do not count. */
    @Property(tries = 300)
    void aSessionThatHasUnsubscribedBeginsAnew(
            @ForAll("keys") List<Integer> before, @ForAll("keys") List<Integer> beforeTheWalk) {
        Bench bench = new Bench();
        bench.subscriptions.add(BOB, NODE);
        bench.change(before);
        bench.subscriptions.remove(BOB, NODE);
        bench.subscriptions.add(BOB, NODE);
        bench.heard.clear();

        bench.subscribe(beforeTheWalk, List.of());

        bench.assertAllAreKnownAndNothingWasToldTwice();
    }
}
