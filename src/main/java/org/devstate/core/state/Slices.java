// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.state;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * Divides the work on all segments into slices, so that the lock of a segment is held for a short time only. Stateless.
 */
final class Slices {

    /** How many keys or mailboxes are looked at before the lock is released. */
    static final int SIZE = 100;

    private Slices() {}

    /**
     * Gives {@code action} all keys, a slice at a time: the first slice of each segment, then the second one. Between two slices of one
     * segment are those of the others; so a thread that waits for its lock gets it, although locks are not fair.
     *
     * @param keys those of each segment
     * @param action takes the number of a segment, and some of its keys
     */
    static <K> void inTurn(List<List<K>> keys, BiConsumer<Integer, List<K>> action) {
        int most = keys.stream().mapToInt(List::size).max().orElse(0);
        for (int from = 0; from < most; from += SIZE) {
            for (int segment = 0; segment < keys.size(); segment++) {
                List<K> all = keys.get(segment);
                if (from < all.size()) {
                    action.accept(segment, all.subList(from, Math.min(all.size(), from + SIZE)));
                }
            }
        }
    }
}
