// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.junit.jupiter.api.Test;

/** Entries of mailboxes that come from another node of a cluster: their times are their order. */
final class MailboxesMergeTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final ItemKey ONE = mailbox(1);
    private static final ItemKey TWO = mailbox(2);
    private static final ItemKey THREE = mailbox(3);

    private record Correction(Entry entry, List<Entry> before, List<Entry> now) {}

    private final List<String> removals = new ArrayList<>();
    private final Quota quota = new Quota(1);
    private final StateTable table = new StateTable(quota, new TableListener() {
        @Override
        public void deviceAdded(ItemKey key, Account account) {}

        @Override
        public void removed(Entry last) {
            removals.add("here " + last.key().eid().value());
        }

        @Override
        public void removedElsewhere(Entry last) {
            removals.add("elsewhere " + last.key().eid().value());
        }
    });
    private final List<Correction> corrections = new ArrayList<>();
    private final MergeListener merge = new MergeListener() {
        @Override
        public void deviceChanged(Entry entry, boolean isNew) {
            throw new AssertionError("no device");
        }

        @Override
        public void mailboxChanged(Entry entry, List<Entry> before, List<Entry> now) {
            corrections.add(new Correction(entry, before, now));
        }
    };

    @Test
    void anUnknownEntryIsStoredUnderTheVersionHere() {
        merge(entry(ONE, 3, ALICE, 5).withVersion(40));
        Entry expected = entry(ONE, 3, ALICE, 5).withVersion(1);
        assertThat(table.get(ONE)).isEqualTo(expected);
        assertThat(corrections).containsExactly(new Correction(expected, List.of(), List.of(expected)));
        assertThat(table.size()).isEqualTo(1);
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 1));
    }

    @Test
    void entriesStandInTheOrderOfTheirTimesHoweverTheyArrive() {
        merge(entry(ONE, 1, ALICE, 5));
        merge(entry(TWO, 2, BOB, 7));
        merge(entry(THREE, 3, BOB, 6));
        assertThat(order()).containsExactly(2L, 3L, 1L);
        assertThat(corrections.get(2).before()).extracting(Entry::key).containsExactly(TWO, ONE);
        assertThat(corrections.get(2).now()).extracting(Entry::key).containsExactly(TWO, THREE, ONE);
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void entriesOfOneTimeStandInTheOrderOfTheirEids() {
        merge(entry(TWO, 2, BOB, 5));
        merge(entry(ONE, 1, ALICE, 5));
        merge(entry(THREE, 3, ALICE, 5));
        assertThat(order()).containsExactly(3L, 2L, 1L);
    }

    @Test
    void anEntryThatIsNotTakenChangesNothing() {
        merge(entry(ONE, 1, ALICE, 5));
        corrections.clear();
        List<Entry> asked = new ArrayList<>();
        table.merge(
                entry(ONE, 2, BOB, 6),
                known -> {
                    asked.add(Objects.requireNonNull(known));
                    return false;
                },
                merge);
        assertThat(asked).containsExactly(entry(ONE, 1, ALICE, 5).withVersion(1));
        assertThat(table.get(ONE)).isEqualTo(entry(ONE, 1, ALICE, 5).withVersion(1));
        assertThat(corrections).isEmpty();
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 1));
    }

    @Test
    void aNewValueIsTheNextVersionAndCountsForItsAccount() {
        merge(entry(ONE, 1, ALICE, 5));
        ItemKey stored = Objects.requireNonNull(table.get(ONE)).key();
        merge(entry(mailbox(1), 2, BOB, 6));
        assertThat(table.get(ONE)).isEqualTo(entry(ONE, 2, BOB, 6).withVersion(2));
        assertThat(Objects.requireNonNull(table.get(ONE)).key()).isSameAs(stored);
        assertThat(table.size()).isEqualTo(1);
        assertThat(quota.byAccount()).containsExactly(Map.entry(BOB.account(), 1));
    }

    @Test
    void theSameValueInTheSamePlaceIsNoChange() {
        merge(entry(ONE, 1, ALICE, 5));
        merge(entry(TWO, 2, BOB, 9));
        corrections.clear();
        merge(entry(ONE, 1, BOB, 8));
        assertThat(corrections).isEmpty();
        assertThat(table.get(ONE)).isEqualTo(entry(ONE, 1, BOB, 8).withVersion(1));
    }

    @Test
    void theSameValueInAnotherPlaceIsAChange() {
        merge(entry(ONE, 1, ALICE, 5));
        merge(entry(TWO, 2, BOB, 9));
        corrections.clear();
        merge(entry(ONE, 1, ALICE, 10));
        assertThat(order()).containsExactly(1L, 2L);
        assertThat(corrections).hasSize(1);
        assertThat(corrections.get(0).entry())
                .isEqualTo(entry(ONE, 1, ALICE, 10).withVersion(3));
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void aReassertedEntryTakesItsPlaceByItsNewTime() {
        merge(entry(ONE, 1, ALICE, 5));
        merge(entry(TWO, 2, BOB, 9));
        List<Entry> reasserted = new ArrayList<>();
        table.reassert(ONE, 4, reasserted::add);
        assertThat(reasserted).as("its time is later already").isEmpty();
        table.reassert(ONE, 5, reasserted::add);
        assertThat(reasserted).containsExactly(entry(ONE, 1, ALICE, 6).withVersion(1));
        assertThat(order()).containsExactly(2L, 1L);
        table.reassert(ONE, 9, reasserted::add);
        assertThat(reasserted).endsWith(entry(ONE, 1, ALICE, 10).withVersion(3));
        assertThat(table.get(ONE)).isEqualTo(reasserted.get(1));
        assertThat(order()).containsExactly(1L, 2L);
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void anotherPlaceOfAReassertedEntryIsReported() {
        merge(entry(ONE, 1, ALICE, 5));
        merge(entry(TWO, 2, BOB, 9));
        List<List<Entry>> moves = new ArrayList<>();
        ReassertionListener listener = new ReassertionListener() {
            @Override
            public void reasserted(Entry entry) {}

            @Override
            public void mailboxMoved(List<Entry> before, List<Entry> now) {
                moves.add(before);
                moves.add(now);
            }
        };
        table.reassert(ONE, 5, listener);
        assertThat(moves).isEmpty();
        Entry one = Objects.requireNonNull(table.get(ONE));
        Entry two = Objects.requireNonNull(table.get(TWO));
        table.reassert(ONE, 9, listener);
        assertThat(moves)
                .containsExactly(
                        List.of(two, one), List.of(entry(ONE, 1, ALICE, 10).withVersion(3), two));
    }

    @Test
    void anUnknownEntryIsNotReasserted() {
        List<Entry> reasserted = new ArrayList<>();
        table.reassert(ONE, 9, reasserted::add);
        assertThat(reasserted).isEmpty();
        assertThat(table.size()).isZero();
    }

    @Test
    void anEntryThatIsRemovedElsewhereLeavesTheOthers() {
        merge(entry(ONE, 1, ALICE, 5));
        merge(entry(TWO, 2, BOB, 9));
        List<List<Entry>> left = new ArrayList<>();
        table.mailboxes().forgetElsewhere(TWO, entry -> entry.changedAtMs() == 9, (before, now) -> left.add(now));
        assertThat(left).containsExactly(List.of(entry(ONE, 1, ALICE, 5).withVersion(1)));
        assertThat(removals).containsExactly("elsewhere 2");
        assertThat(quota.byAccount()).containsExactly(Map.entry(ALICE.account(), 1));
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void anEntryThatDoesNotMatchIsNotRemoved() {
        merge(entry(ONE, 1, ALICE, 5));
        table.mailboxes().forgetElsewhere(ONE, entry -> false, (before, now) -> removals.add("left"));
        table.mailboxes().forgetElsewhere(TWO, entry -> true, (before, now) -> removals.add("left"));
        assertThat(removals).isEmpty();
        assertThat(table.size()).isEqualTo(1);
    }

    private void merge(Entry replica) {
        table.merge(replica, known -> true, merge);
    }

    private List<Long> order() {
        return table.mailboxes().entriesOf(ONE.id()).stream()
                .map(entry -> entry.key().eid().value())
                .toList();
    }

    private static ItemKey mailbox(long eid) {
        return new ItemKey(NodeType.MESSAGE_WAITING, "500@default", new Eid(eid));
    }

    private static Entry entry(ItemKey key, int newMessages, Jid publisher, long atMs) {
        return new Entry(new Publication(key, new MailboxCounts(newMessages, 0), publisher, 7, atMs), 0);
    }
}
