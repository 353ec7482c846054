// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.model.Value;
import org.devstate.core.state.StateTable.StoreOutcome;
import org.junit.jupiter.api.Test;

/** The changes of the table that no subscriber is notified of: a copy of the table is exact only with them. */
final class StateTableListenerTest {

    private static final Jid ALICE = Jid.of("alice@example.net/asterisk");
    private static final Jid ALICE_AGAIN = Jid.of("alice@example.net/again");
    private static final Jid BOB = Jid.of("bob@example.net/asterisk");
    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));
    private static final ItemKey MAILBOX = new ItemKey(NodeType.MESSAGE_WAITING, "500@default", new Eid(1));

    private final List<String> calls = new ArrayList<>();
    private final StateTable table = new StateTable(new Quota(10), new TableListener() {
        @Override
        public void deviceAdded(ItemKey key, Account account) {}

        @Override
        public void removed(Entry last) {}

        @Override
        public void renewed(Entry entry) {
            calls.add("renewed " + entry.key().id() + " " + entry.publisher());
        }

        @Override
        public void removedQuietly(Entry last) {
            calls.add("removed " + last.key().id());
        }
    });

    private void put(ItemKey key, Value value, Jid publisher, long epoch) {
        table.put(new Publication(key, value, publisher, epoch, 5), entry -> {});
    }

    @Test
    void theSameStateUnderAnotherAccountIsRenewed() {
        put(PHONE, DeviceState.INUSE, ALICE, 1);
        put(PHONE, DeviceState.INUSE, BOB, 2);

        assertThat(calls).containsExactly("renewed PJSIP/100 " + BOB);
    }

    @Test
    void theSameStateInAnotherSessionOfTheAccountIsNotRenewed() {
        put(PHONE, DeviceState.INUSE, ALICE, 1);
        put(PHONE, DeviceState.INUSE, ALICE_AGAIN, 2);

        assertThat(calls).isEmpty();
        assertThat(Objects.requireNonNull(table.get(PHONE)).publisher()).isEqualTo(ALICE_AGAIN);
    }

    @Test
    void theSameCountsUnderAnotherAccountAreRenewed() {
        put(MAILBOX, new MailboxCounts(1, 0), ALICE, 1);
        put(MAILBOX, new MailboxCounts(1, 0), ALICE_AGAIN, 2);
        assertThat(calls).isEmpty();

        put(MAILBOX, new MailboxCounts(1, 0), BOB, 3);

        assertThat(calls).containsExactly("renewed 500@default " + BOB);
    }

    @Test
    void theSameStateOfAnotherNodeIsRenewed() {
        put(PHONE, DeviceState.INUSE, ALICE, 1);

        table.merge(
                new Entry(new Publication(PHONE, DeviceState.INUSE, BOB, 2, 9), 1), known -> true, new MergeListener() {
                    @Override
                    public void deviceChanged(Entry entry, boolean isNew) {
                        throw new AssertionError("no change");
                    }

                    @Override
                    public void mailboxChanged(Entry entry, List<Entry> before, List<Entry> now) {
                        throw new AssertionError("no mailbox");
                    }
                });

        assertThat(calls).containsExactly("renewed PJSIP/100 " + BOB);
    }

    @Test
    void aDeviceThatHasItsLastValueIsRemovedQuietly() {
        put(PHONE, DeviceState.UNAVAILABLE, ALICE, 1);
        List<Entry> changes = new ArrayList<>();

        table.forget(PHONE, entry -> new FinalValue(DeviceState.UNAVAILABLE, BOB), 6, changes::add);

        assertThat(calls).containsExactly("removed PJSIP/100");
        assertThat(changes).isEmpty();
    }

    @Test
    void aDeviceWithAnotherValueIsNotRemovedQuietly() {
        put(PHONE, DeviceState.INUSE, ALICE, 1);
        List<Entry> changes = new ArrayList<>();

        table.forget(PHONE, entry -> new FinalValue(DeviceState.UNAVAILABLE, BOB), 6, changes::add);

        assertThat(calls).isEmpty();
        assertThat(changes).hasSize(1);
    }

    @Test
    void anEntryThatIsForgottenQuietlyIsReported() {
        put(PHONE, DeviceState.INUSE, ALICE, 1);

        table.forgetQuietly(entry -> false);
        assertThat(calls).isEmpty();

        table.forgetQuietly(PHONE, entry -> true);
        assertThat(calls).containsExactly("removed PJSIP/100");
        assertThat(table.get(PHONE)).isNull();
    }

    @Test
    void aNonCachableStateAfterTheOfflineStateEndsNothingAndIsFollowedByTheNextPublish() {
        put(PHONE, DeviceState.UNAVAILABLE, ALICE, 1);
        List<Entry> ends = new ArrayList<>();

        table.endByNonCachable(PHONE, DeviceState.UNAVAILABLE, 6, () -> {}, ends::add);
        StoreOutcome outcome = table.put(new Publication(PHONE, DeviceState.UNAVAILABLE, ALICE, 1, 7), entry -> {});

        assertThat(ends).isEmpty();
        assertThat(outcome).isEqualTo(StoreOutcome.CHANGED);
    }
}
