package org.devstate.core.model;

/**
 * The last value of a key.
 *
 * @param key its key
 * @param value its value
 * @param publisher the session that published it
 * @param version from 1, or 0 if it is from before a restart; of two entries of one key, or of one mailbox, the one with the higher
 *     version is the newer
 * @param changedAtMs when it changed, in milliseconds of the {@link org.devstate.core.spi.Clock}
 * @param epoch that of the session when it last published the entry, see {@link org.devstate.core.sessions.Leases}; or {@link
 *     #NOBODYS}, {@link #BY_HAND} or {@link #AWAITED}
 */
public record Entry(ItemKey key, Value value, Jid publisher, long version, long changedAtMs, long epoch) {

    /** The epoch of an entry without a lease: its server has gone, or has published nothing since a restart. */
    public static final long NOBODYS = 0;

    /**
     * The epoch of an entry that an administrator has set, until its server publishes it; see {@link
     * org.devstate.core.sessions.Leases}.
     */
    public static final long BY_HAND = -2;

    /** The epoch of a device that was published before a restart and has not been since; its value is not known. */
    public static final long AWAITED = -3;

    /** A device that was published before a restart, by that account. */
    public static Entry awaited(ItemKey key, Jid account) {
        return new Entry(key, DeviceState.UNKNOWN, account, 0, 0, AWAITED);
    }

    /** Whether its value is not known. */
    public boolean isAwaited() {
        return epoch == AWAITED;
    }

    /** Returns the same entry, published again. */
    public Entry repeatedBy(Jid session, long sessionEpoch) {
        return new Entry(key, value, session, version, changedAtMs, sessionEpoch);
    }

    /** The same under another version. */
    public Entry withVersion(long number) {
        return new Entry(key, value, publisher, number, changedAtMs, epoch);
    }
}
