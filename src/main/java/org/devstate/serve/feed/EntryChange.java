// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

/**
 * One row of {@code devstate-changes}. Immutable.
 *
 * @param number from 0 in each run of the service; of two changes the later one has the higher number
 * @param effect what it did to the table
 * @param entry the entry as it is from then on. If it was removed, or its value was not stored: the key, the publisher, the value that
 *     subscribers received, and in {@code changed} when that was
 */
public record EntryChange(long number, Effect effect, MirroredEntry entry) {

    /** What a change did to the table. */
    public enum Effect {
        /** The entry has a value that it had not. */
        STORED,
        /** The entry has the value that it had, and another site, account or time. Only for clients that ask for {@code mirror}. */
        MOVED,
        /** The entry is not in the table any more. */
        REMOVED,
        /** A non-cachable value was delivered, and not stored: the table is as it was. */
        DELIVERED
    }

    /** Whether the table has this entry, with this value, after the change. */
    public boolean isStored() {
        return effect == Effect.STORED || effect == Effect.MOVED;
    }
}
