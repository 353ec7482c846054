// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The last value of a key. Immutable. */
public final class Entry {

    /** The epoch of an entry without a lease: its server has gone, or has published nothing since a restart. */
    public static final long NO_LEASE = 0;

    /**
     * The epoch of an entry that an administrator has set, until its server publishes it; see {@link
     * org.devstate.core.sessions.Leases}.
     */
    public static final long BY_HAND = -2;

    /** The epoch of a device that was published before a restart and has not been since; its value is not known. */
    public static final long AWAITED = -3;

    private final ItemKey key;
    private final Value value;
    private final Jid publisher;
    private final long version;
    private final long changedAtMs;
    private final long epoch;

    /** The entry that {@code publication} makes. */
    public Entry(Publication publication, long version) {
        this(publication.key(), publication, version, publication.atMs());
    }

    /**
     * The entry that {@code publication} makes.
     *
     * @param key equal to that of the publication: the stored one, if there is one, so that no text is held twice
     * @param changedAtMs in the place of the publication's time
     */
    public Entry(ItemKey key, Publication publication, long version, long changedAtMs) {
        this.key = key;
        this.value = publication.value();
        this.publisher = publication.publisher();
        this.version = version;
        this.changedAtMs = changedAtMs;
        this.epoch = publication.epoch();
    }

    private Entry(ItemKey key, Value value, Jid publisher, EntryNumbers numbers) {
        this.key = key;
        this.value = value;
        this.publisher = publisher;
        this.version = numbers.version;
        this.changedAtMs = numbers.changedAtMs;
        this.epoch = numbers.epoch;
    }

    private record EntryNumbers(long version, long changedAtMs, long epoch) {}

    /** A device that was published before a restart, by that account. */
    public static Entry awaited(ItemKey key, Jid account) {
        return new Entry(new Publication(key, DeviceState.UNKNOWN, account, AWAITED, 0), 0);
    }

    /** Whether its value is not known. */
    public boolean isAwaited() {
        return epoch == AWAITED;
    }

    /** Returns the same entry, published again. */
    public Entry repeatedBy(Jid session, long sessionEpoch) {
        return new Entry(key, value, session, new EntryNumbers(version, changedAtMs, sessionEpoch));
    }

    /** Whether it is the session of {@code publication}, in its epoch, that answers for it already. */
    public boolean isHeldBy(Publication publication) {
        return epoch == publication.epoch() && publisher.equals(publication.publisher());
    }

    /** The same under another version. */
    public Entry withVersion(long number) {
        return withKey(key, number);
    }

    /**
     * The same under another version.
     *
     * @param stored equal to its key: the stored one, so that no text is held twice
     */
    public Entry withKey(ItemKey stored, long number) {
        return new Entry(stored, value, publisher, new EntryNumbers(number, changedAtMs, epoch));
    }

    /** The same, as if it had changed at that time. */
    public Entry changedAt(long atMs) {
        return new Entry(key, value, publisher, new EntryNumbers(version, atMs, epoch));
    }

    /**
     * Whether this entry counts, and {@code other}, of the same key, does not: it changed later. Two that changed in the same millisecond,
     * on two nodes of a cluster, are ordered by their publishers and values, so that all nodes choose the same.
     */
    public boolean isNewerThan(Entry other) {
        if (changedAtMs != other.changedAtMs) {
            return changedAtMs > other.changedAtMs;
        }
        int byPublisher = publisher.toString().compareTo(other.publisher.toString());
        return byPublisher != 0 ? byPublisher > 0 : value.toString().compareTo(other.value.toString()) > 0;
    }

    /** Its key. */
    public ItemKey key() {
        return key;
    }

    /** Its value. */
    public Value value() {
        return value;
    }

    /** The session that published it. */
    public Jid publisher() {
        return publisher;
    }

    /**
     * From 1, or 0 if it is from before a restart; of two entries of one key, or of one mailbox, the one with the higher
     * version is the newer.
     */
    public long version() {
        return version;
    }

    /**
     * When it changed, in milliseconds of the {@link org.devstate.core.spi.Clock}; in a cluster later than all entries of its key before,
     * even if the clock is set back.
     */
    public long changedAtMs() {
        return changedAtMs;
    }

    /**
     * That of the session when it last published the entry, see {@link org.devstate.core.sessions.Leases}; or {@link
     * #NO_LEASE}, {@link #BY_HAND} or {@link #AWAITED}.
     */
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Entry entry
                        && version == entry.version
                        && changedAtMs == entry.changedAtMs
                        && epoch == entry.epoch
                        && key.equals(entry.key)
                        && value.equals(entry.value)
                        && publisher.equals(entry.publisher));
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, value, publisher, version, changedAtMs, epoch);
    }

    @Override
    public String toString() {
        return key + " is " + value + " by " + publisher + ", version " + version + " at " + changedAtMs + ", epoch "
                + epoch;
    }
}
