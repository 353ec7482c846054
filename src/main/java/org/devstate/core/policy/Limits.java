package org.devstate.core.policy;

/**
 * The limits of each account, and the rate of all snapshots together. A request that exceeds a limit of its account is rejected and
 * changes nothing; entries that the account has already may still change, and end.
 *
 * @param entriesPerAccount the most entries of one account, over all its EIDs; 1 to {@value #MAX_ENTRIES}
 * @param eidsPerAccount the most EIDs that one account may have used; an Asterisk without a fixed {@code entityid} may have another one
 *     after each start; 1 to {@value #MAX_EIDS}
 * @param subscriptionsPerAccount the most subscriptions of all sessions of one account; a session has one for each of the two nodes; 2
 *     to {@value #MAX_SUBSCRIPTIONS}
 * @param stanzaCharacters the length of a request: names, attributes and texts of all its elements, in characters; {@value #MIN_STANZA}
 *     to {@value #MAX_STANZA}
 * @param snapshotRate how many entries a second are sent to all new subscribers together, so that many that subscribe at once are
 *     served one after another; {@value #MIN_SNAPSHOT_RATE} to {@value #MAX_SNAPSHOT_RATE}. Changes do not wait for it
 */
public record Limits(
        int entriesPerAccount,
        int eidsPerAccount,
        int subscriptionsPerAccount,
        int stanzaCharacters,
        int snapshotRate) {

    /** The most entries that can be allowed. */
    public static final int MAX_ENTRIES = 10_000_000;

    /** The most EIDs that can be allowed. */
    public static final int MAX_EIDS = 100_000;

    /** The most subscriptions that can be allowed. */
    public static final int MAX_SUBSCRIPTIONS = 10_000;

    /** The least length that can be set; the longest publish of Asterisk's is below it. */
    public static final int MIN_STANZA = 2_000;

    /** The greatest length that can be set. */
    public static final int MAX_STANZA = 1_000_000;

    /** The lowest rate of snapshots that can be set, in entries a second. */
    public static final int MIN_SNAPSHOT_RATE = 100;

    /** The highest rate of snapshots that can be set, in entries a second. */
    public static final int MAX_SNAPSHOT_RATE = 1_000_000;

    /** A hundred thousand entries, a thousand EIDs, a thousand subscriptions, 16,384 characters, 100,000 entries a second. */
    public static final Limits DEFAULT = new Limits(100_000, 1_000, 1_000, 16_384, 100_000);

    /** @throws IllegalArgumentException if one is out of its range; the message names it and its range */
    public Limits {
        check("entries-per-account", entriesPerAccount, 1, MAX_ENTRIES);
        check("eids-per-account", eidsPerAccount, 1, MAX_EIDS);
        check("subscriptions-per-account", subscriptionsPerAccount, 2, MAX_SUBSCRIPTIONS);
        check("stanza-characters", stanzaCharacters, MIN_STANZA, MAX_STANZA);
        check("snapshot-rate", snapshotRate, MIN_SNAPSHOT_RATE, MAX_SNAPSHOT_RATE);
    }

    /** The same with another limit on entries. */
    public Limits withEntriesPerAccount(int most) {
        return new Limits(most, eidsPerAccount, subscriptionsPerAccount, stanzaCharacters, snapshotRate);
    }

    /** The same with another limit on EIDs. */
    public Limits withEidsPerAccount(int most) {
        return new Limits(entriesPerAccount, most, subscriptionsPerAccount, stanzaCharacters, snapshotRate);
    }

    /** The same with another limit on subscriptions. */
    public Limits withSubscriptionsPerAccount(int most) {
        return new Limits(entriesPerAccount, eidsPerAccount, most, stanzaCharacters, snapshotRate);
    }

    /** The same with another limit on the length of a request. */
    public Limits withStanzaCharacters(int most) {
        return new Limits(entriesPerAccount, eidsPerAccount, subscriptionsPerAccount, most, snapshotRate);
    }

    /** The same with another rate of snapshots. */
    public Limits withSnapshotRate(int perSecond) {
        return new Limits(entriesPerAccount, eidsPerAccount, subscriptionsPerAccount, stanzaCharacters, perSecond);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ", not " + value);
        }
    }
}
