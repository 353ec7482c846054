// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.replication.SampleItems.ALICE;
import static org.devstate.core.replication.SampleItems.BOB;
import static org.devstate.core.replication.SampleItems.MAILBOX;
import static org.devstate.core.replication.SampleItems.OTHER_EID;
import static org.devstate.core.replication.SampleItems.PHONE;
import static org.devstate.core.replication.SampleItems.entry;
import static org.devstate.core.replication.SampleItems.phone;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.state.StateTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableDigestTest {

    @Test
    void equalTablesHaveEqualDigests() {
        Entry device = entry(PHONE, DeviceState.INUSE, ALICE, 1, 5);
        Entry mailbox = entry(MAILBOX, new MailboxCounts(1, 0), ALICE, 1, 5);
        TableDigest one = TableDigest.of(table(device, mailbox));
        TableDigest other = TableDigest.of(table(mailbox, device));
        assertThat(one.differences(other).isEmpty()).isTrue();
        assertThat(one.total()).isEqualTo(other.total()).isNotZero();
    }

    @Test
    void anEmptyTableHasTheTotalZero() {
        assertThat(TableDigest.of(table()).total()).isZero();
    }

    @Test
    void theTotalIsTheSumOfAllRanges() {
        Entry[] entries = new Entry[40];
        long sum = 0;
        for (int i = 0; i < entries.length; i++) {
            entries[i] = entry(phone(i), DeviceState.INUSE, ALICE, 1, 5);
            sum += TableDigest.of(table(entries[i])).total();
        }
        assertThat(TableDigest.of(table(entries)).total()).isEqualTo(sum);
    }

    @Test
    void oneDifferingEntryDiffersInItsRangeOnly() {
        for (int i = 0; i < 40; i++) {
            Entry known = entry(phone(i), DeviceState.INUSE, ALICE, 1, 5);
            Entry common = entry(phone(i + 1), DeviceState.INUSE, ALICE, 1, 5);
            TableDigest one = TableDigest.of(table(known, common));
            TableDigest other = TableDigest.of(table(common));
            assertThat(one.differences(other).stream()).containsExactly(one.range(known.key()));
        }
    }

    @Test
    void keysAreSpreadOverAllRanges() {
        TableDigest digest = TableDigest.of(table());
        assertThat(IntStream.range(0, 1_000)
                        .map(i -> digest.range(phone(i)))
                        .distinct()
                        .sorted())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }

    @Test
    void everyPartOfAnEntryThatNodesMustAgreeOnCounts() {
        Entry entry = entry(PHONE, DeviceState.INUSE, ALICE, 1, 5);
        List<Entry> others = List.of(
                entry(phone(101), DeviceState.INUSE, ALICE, 1, 5),
                entry(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", OTHER_EID), DeviceState.INUSE, ALICE, 1, 5),
                entry(PHONE, DeviceState.BUSY, ALICE, 1, 5),
                entry(PHONE, DeviceState.INUSE, BOB, 1, 5),
                entry(PHONE, DeviceState.INUSE, ALICE, 1, 6));
        for (Entry other : others) {
            assertThat(TableDigest.of(table(other)).total())
                    .as(other.toString())
                    .isNotEqualTo(TableDigest.of(table(entry)).total());
        }
    }

    @Test
    void theCountsOfAMailboxCount() {
        assertThat(TableDigest.of(table(entry(MAILBOX, new MailboxCounts(1, 0), ALICE, 1, 5)))
                        .total())
                .isNotEqualTo(TableDigest.of(table(entry(MAILBOX, new MailboxCounts(0, 1), ALICE, 1, 5)))
                        .total());
    }

    /** A repeated publish moves only the epoch, and no node is sent it. */
    @Test
    void versionAndEpochDoNotCount() {
        Entry entry = entry(PHONE, DeviceState.INUSE, ALICE, 1, 5);
        Entry same = entry(PHONE, DeviceState.INUSE, ALICE, 2, 5).withVersion(9);
        assertThat(TableDigest.of(table(entry)).total())
                .isEqualTo(TableDigest.of(table(same)).total());
    }

    @Test
    void anAwaitedDeviceDoesNotCount() {
        assertThat(TableDigest.of(table(Entry.awaited(PHONE, ALICE))).total()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "256, 16", "257, 32", "512, 32", "513, 64", "32768, 2048", "32769, 4096", "70000, 4096"})
    void theNumberOfRangesSuitsTheSizeOfTheTable(int entries, int ranges) {
        StateTable table = table();
        for (int i = 0; i < entries; i++) {
            table.restore(entry(phone(i), DeviceState.INUSE, ALICE, 1, 5));
        }
        assertThat(ranges(TableDigest.of(table))).isEqualTo(ranges);
    }

    @Test
    void tablesOfDifferentSizeAreComparedByTheRangesOfOne() {
        StateTable large = table();
        for (int i = 0; i < 257; i++) {
            large.restore(entry(phone(i), DeviceState.INUSE, ALICE, 1, 5));
        }
        TableDigest small = TableDigest.of(table());
        assertThat(ranges(small.ofSameRanges(large))).isEqualTo(16);
        assertThat(small.ofSameRanges(large).total())
                .isEqualTo(TableDigest.of(large).total());
    }

    @Test
    void aDigestIsReadAsItWasWritten() {
        StateTable table = table(
                entry(PHONE, DeviceState.INUSE, ALICE, 1, 5), entry(MAILBOX, new MailboxCounts(1, 0), ALICE, 1, 5));
        TableDigest digest = TableDigest.of(table);
        TableDigest read = Objects.requireNonNull(TableDigest.parse(digest.write()));
        assertThat(read.differences(digest).isEmpty()).isTrue();
        assertThat(read.write()).isEqualTo(digest.write());
        assertThat(read.total()).isEqualTo(digest.total());
    }

    @ParameterizedTest
    @CsvSource({"16", "32", "4096"})
    void aDigestOfAPossibleNumberOfRangesIsRead(int ranges) {
        TableDigest read = TableDigest.parse(Base64.getEncoder().encodeToString(new byte[8 * ranges]));
        assertThat(ranges(Objects.requireNonNull(read))).isEqualTo(ranges);
    }

    @ParameterizedTest
    @CsvSource({"0", "64", "127", "129", "192", "136", "65536"})
    void aDigestOfAnotherLengthIsNone(int bytes) {
        assertThat(TableDigest.parse(Base64.getEncoder().encodeToString(new byte[bytes])))
                .isNull();
    }

    @Test
    void otherTextIsNoDigest() {
        assertThat(TableDigest.parse("?")).isNull();
    }

    /** All nodes must agree, whichever release of Java they run on. */
    @Test
    void theDigestOfAnEntryNeverChanges() {
        TableDigest device = TableDigest.of(table(entry(PHONE, DeviceState.INUSE, ALICE, 1, 5)));
        TableDigest mailbox = TableDigest.of(table(entry(MAILBOX, new MailboxCounts(3, 1), BOB, 1, 9)));
        assertThat(List.of((long) device.range(PHONE), device.total(), mailbox.total()))
                .containsExactly(11L, 3_187_651_466_088_249_691L, -8_690_027_272_351_965_000L);
    }

    private static int ranges(TableDigest digest) {
        return Base64.getDecoder().decode(digest.write()).length / Long.BYTES;
    }

    private static StateTable table(Entry... entries) {
        StateTable table = new StateTable(new Quota(Integer.MAX_VALUE));
        for (Entry entry : entries) {
            table.restore(entry);
        }
        return table;
    }
}
