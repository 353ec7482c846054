// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.testing.ManualClock;
import org.devstate.core.testing.ManualScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WriteBehindTest {

    private static final Eid EID = new Eid(1);
    private static final Account ALICE = Account.of("alice@example.net");

    private final ManualScheduler writer = new ManualScheduler(new ManualClock());
    private final RecordingStore store = new RecordingStore();
    private final WriteBehind behind = new WriteBehind(store, writer, 1_000);

    @Test
    void changesAreWrittenTogetherWhenTheIntervalIsOver() {
        behind.note(mailbox(1, 1));
        behind.note(mailbox(2, 1));
        writer.advance(999);
        assertThat(store.batches).isEmpty();
        assertThat(behind.pending()).isEqualTo(2);

        writer.advance(1);
        assertThat(store.batches).containsExactly(List.of(mailbox(1, 1), mailbox(2, 1)));
        assertThat(behind.pending()).isZero();
        assertThat(behind.written()).isEqualTo(2);
        assertThat(writer.pending())
                .as("nothing waits, so nothing is scheduled")
                .isZero();
    }

    @Test
    void onlyTheLastChangeOfASubjectIsWritten() {
        Change.MailboxGone gone = new Change.MailboxGone(key(1));
        Change.Binding binding = new Change.Binding(EID, ALICE);
        behind.note(mailbox(1, 1));
        behind.note(binding);
        behind.note(mailbox(1, 2));
        behind.note(gone);
        writer.advance(1_000);

        assertThat(store.batches).containsExactly(List.of(binding, gone));
    }

    /** A device for each call, and a database that is down: the pending changes are bounded by the devices that there are. */
    @Test
    void devicesThatComeAndGoWhileTheStoreIsDownDoNotPileUp() {
        for (int i = 0; i < WriteBehind.MOST_PENDING + 10_000; i++) {
            ItemKey device = new ItemKey(NodeType.DEVICE_STATE, "MulticastRTP/" + i, EID);
            behind.note(new Change.Device(device, ALICE));
            behind.note(new Change.DeviceGone(device));
        }
        assertThat(behind.pending()).isEqualTo(WriteBehind.MOST_PENDING);

        behind.note(mailbox(1, 1));
        assertThat(behind.pending()).as("and nothing else is left out").isEqualTo(WriteBehind.MOST_PENDING + 1);
    }

    @Test
    void aStoreThatFailsIsTriedAgainAndLosesNothing() {
        store.fails = true;
        behind.note(mailbox(1, 1));
        behind.note(mailbox(2, 1));
        writer.advance(2_000);
        assertThat(behind.failures()).isEqualTo(2);
        assertThat(behind.pending()).isEqualTo(2);
        assertThat(behind.fault()).hasMessageContaining("the disk is full");
        assertThat(behind.state()).isEqualTo(new StoreState(2, 0, 2, "the disk is full"));

        store.fails = false;
        writer.advance(1_000);
        assertThat(behind.state()).isEqualTo(new StoreState(0, 2, 2, null));
        assertThat(store.batches).containsExactly(List.of(mailbox(1, 1), mailbox(2, 1)));
        assertThat(behind.fault()).isNull();
        assertThat(behind.failures()).isEqualTo(2);
    }

    @Test
    void aFailedWriteDoesNotOvertakeANewerChange() {
        store.fails = true;
        store.meanwhile = changes -> behind.note(mailbox(1, 2));
        behind.note(mailbox(1, 1));
        writer.advance(1_000);
        store.fails = false;
        store.meanwhile = changes -> {};
        writer.advance(1_000);

        assertThat(store.batches).containsExactly(List.of(mailbox(1, 2)));
    }

    @Test
    void aChangeIsPendingUntilTheStoreHasIt() {
        List<StoreState> seen = new ArrayList<>();
        store.meanwhile = changes -> seen.add(behind.state());
        store.fails = true;
        behind.note(mailbox(1, 1));
        writer.advance(1_000);
        store.fails = false;
        writer.advance(1_000);

        assertThat(seen).containsExactly(new StoreState(1, 0, 0, null), new StoreState(1, 0, 1, "the disk is full"));
        assertThat(behind.state()).isEqualTo(new StoreState(0, 1, 1, null));
    }

    @Test
    void changesDuringAWriteAreWrittenToo() {
        store.meanwhile = changes -> {
            if (changes.contains(mailbox(1, 1))) {
                behind.note(mailbox(1, 2));
            }
        };
        behind.note(mailbox(1, 1));
        writer.advance(1_000);

        assertThat(store.batches).containsExactly(List.of(mailbox(1, 1)), List.of(mailbox(1, 2)));
        writer.runAll();
        assertThat(store.batches).hasSize(2);
    }

    static Stream<Consumer<List<Change>>> whims() {
        return Stream.of(
                changes -> {
                    throw new IllegalStateException("a driver's whim");
                },
                changes -> {
                    throw new NoClassDefFoundError("a driver's whim");
                });
    }

    @ParameterizedTest
    @MethodSource("whims")
    void aStoreThatThrowsAnythingIsTriedAgain(Consumer<List<Change>> whim) {
        store.meanwhile = whim;
        behind.note(mailbox(1, 1));
        writer.advance(1_000);
        assertThat(behind.fault()).hasMessageContaining("a driver's whim");

        store.meanwhile = changes -> {};
        writer.advance(1_000);
        assertThat(store.batches).containsExactly(List.of(mailbox(1, 1)));
    }

    @Test
    void manyChangesAreWrittenInBatches() {
        IntStream.range(0, WriteBehind.BATCH + 1).forEach(i -> behind.note(mailbox(i, 1)));
        writer.advance(1_000);

        assertThat(store.batches).extracting(List::size).containsExactly(WriteBehind.BATCH, 1);
    }

    @Test
    void flushWritesAtOnceAndReturnsWhetherNothingIsLeft() {
        behind.note(mailbox(1, 1));
        store.fails = true;
        assertThat(behind.flush()).isFalse();
        store.fails = false;
        assertThat(behind.flush()).isTrue();

        assertThat(store.batches).containsExactly(List.of(mailbox(1, 1)));
        writer.runAll();
        assertThat(store.batches).hasSize(1);
    }

    @Test
    void anIntervalOfZeroIsRejectedAndTheShortestIsAccepted() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WriteBehind(store, writer, 0));
        new WriteBehind(store, writer, 1).note(mailbox(1, 1));
        writer.advance(1);
        assertThat(store.batches).hasSize(1);
    }

    @Test
    void theMemoryStoreReturnsTheLastWrittenState() {
        MemoryStore memory = new MemoryStore();
        Change.Binding binding = new Change.Binding(EID, ALICE);
        memory.write(List.of(mailbox(1, 1), mailbox(2, 1), binding, new Change.PolicyText("site a")));
        memory.write(List.of(mailbox(1, 2), new Change.MailboxGone(key(2)), new Change.PolicyText("site b")));

        assertThat(memory.load()).isEqualTo(new Contents(List.of(binding), List.of(mailbox(1, 2)), "site b"));
    }

    private static Change.Mailbox mailbox(int number, int newMessages) {
        return new Change.Mailbox(key(number), new MailboxCounts(newMessages, 0), ALICE, 17);
    }

    private static ItemKey key(int number) {
        return new ItemKey(NodeType.MESSAGE_WAITING, number + "@default", EID);
    }

    /** Stores each batch, or fails; {@code meanwhile} is what others do while it is at work. */
    private static final class RecordingStore implements Store {
        private final List<List<Change>> batches = new ArrayList<>();
        private boolean fails;
        private Consumer<List<Change>> meanwhile = changes -> {};

        @Override
        public Contents load() {
            return Contents.NONE;
        }

        @Override
        public void write(List<Change> changes) throws StoreException {
            meanwhile.accept(changes);
            if (fails) {
                throw new StoreException("the disk is full", new IOException("ENOSPC"));
            }
            batches.add(List.copyOf(changes));
        }
    }

    @Test
    void aFlushReturnsWhetherAllIsWritten() {
        assertThat(behind.flush()).as("nothing waits").isTrue();
        behind.note(mailbox(1, 1));
        store.fails = true;
        assertThat(behind.flush()).isFalse();
        store.fails = false;
        assertThat(behind.flush()).isTrue();
        assertThat(behind.pending()).isZero();
    }

    @Test
    void changesThatAreDiscardedAreNotWritten() {
        behind.note(mailbox(1, 1));
        behind.discard();
        assertThat(behind.pending()).isZero();
        behind.note(mailbox(2, 1));
        writer.advance(1_000);
        assertThat(store.batches).containsExactly(List.of(mailbox(2, 1)));
    }
}
