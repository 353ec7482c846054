// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.replication;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.BitSet;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.ValueText;
import org.devstate.core.state.StateTable;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the entries of each range of keys: two tables with the same sum have, as good as certainly, the same entries in the range. The
 * hash of a key decides its range, and does not depend on the virtual machine. A short absence of a node costs as many entries as share a
 * range, for each change.
 */
final class TableDigest {

    /** The most ranges, for a large table. */
    static final int MOST_RANGES = 4_096;

    /** The least ranges, for a small one. */
    static final int LEAST_RANGES = 16;

    private final long[] sums;

    private TableDigest(long[] sums) {
        this.sums = sums;
    }

    /** The digest of the entries with a known value, with as many ranges as suit the size of the table. */
    static TableDigest of(StateTable table) {
        int ranges = LEAST_RANGES;
        while (ranges < MOST_RANGES && ranges * LEAST_RANGES < table.size()) {
            ranges *= 2;
        }
        return of(table, ranges);
    }

    /** The digest of the same ranges as this one has. */
    TableDigest ofSameRanges(StateTable table) {
        return of(table, sums.length);
    }

    private static TableDigest of(StateTable table, int ranges) {
        TableDigest digest = new TableDigest(new long[ranges]);
        for (NodeType node : NodeType.values()) {
            table.forEach(node, entry -> digest.sums[digest.range(entry.key())] += hash(entry));
        }
        return digest;
    }

    /** The range that a key is in. */
    int range(ItemKey key) {
        int bits = Integer.numberOfTrailingZeros(sums.length);
        return (key.hashCode() * 0x9e3779b9) >>> (Integer.SIZE - bits);
    }

    private static long hash(Entry entry) {
        long hash = mix(entry.key().id().hashCode());
        hash = mix(hash
                ^ entry.key().eid().value()
                ^ ((long) entry.key().node().name().hashCode() << 32));
        hash = mix(hash ^ entry.changedAtMs());
        return mix(hash
                ^ ValueText.write(entry.value()).hashCode()
                ^ ((long) entry.publisher().toString().hashCode() << 32));
    }

    /** A bijection in which each bit of the argument changes half the bits of the result (Stafford, variant 13). */
    private static long mix(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** The ranges in which {@code other}, of the same ranges, has another sum. */
    BitSet differences(TableDigest other) {
        BitSet ranges = new BitSet(sums.length);
        for (int range = 0; range < sums.length; range++) {
            ranges.set(range, sums[range] != other.sums[range]);
        }
        return ranges;
    }

    String write() {
        ByteBuffer bytes = ByteBuffer.allocate(sums.length * Long.BYTES);
        for (long sum : sums) {
            bytes.putLong(sum);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** The digest with that text; {@code null} if it is none. */
    static @Nullable TableDigest parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int ranges = bytes.length / Long.BYTES;
        boolean isPossible = bytes.length % Long.BYTES == 0
                && Integer.bitCount(ranges) == 1
                && ranges >= LEAST_RANGES
                && ranges <= MOST_RANGES;
        if (!isPossible) {
            return null;
        }
        long[] sums = new long[ranges];
        ByteBuffer.wrap(bytes).asLongBuffer().get(sums);
        return new TableDigest(sums);
    }

    /** One number for the whole table, to compare and to show. */
    long total() {
        long total = 0;
        for (long sum : sums) {
            total += sum;
        }
        return total;
    }
}
