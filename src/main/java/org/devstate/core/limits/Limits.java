package org.devstate.core.limits;

/**
 * How much one account may ask of the service. What is over a limit is refused and changes nothing; what the account had before
 * it may still change, and end.
 *
 * @param entriesPerAccount devices and mailboxes that one account may have told of, over all its EIDs; 1 to {@value #MAX_ENTRIES}
 * @param subscriptionsPerAccount subscriptions that the sessions of one account may have together; a session has one for each of
 *     the two nodes; 2 to {@value #MAX_SUBSCRIPTIONS}
 * @param stanzaCharacters length of a request: names, attributes and texts of all its elements, in characters;
 *     {@value #MIN_STANZA} to {@value #MAX_STANZA}
 */
public record Limits(int entriesPerAccount, int subscriptionsPerAccount, int stanzaCharacters) {

    /** The most entries that can be allowed. */
    public static final int MAX_ENTRIES = 10_000_000;

    /** The most subscriptions that can be allowed. */
    public static final int MAX_SUBSCRIPTIONS = 10_000;

    /** The least length that can be set; the longest publish of Asterisk's is below it. */
    public static final int MIN_STANZA = 2_000;

    /** The greatest length that can be set. */
    public static final int MAX_STANZA = 1_000_000;

    /** A hundred thousand entries, a thousand subscriptions, 16,384 characters. */
    public static final Limits DEFAULT = new Limits(100_000, 1_000, 16_384);

    /** @throws IllegalArgumentException if one is out of its range; the message says which, and what it may be */
    public Limits {
        check("entries-per-account", entriesPerAccount, 1, MAX_ENTRIES);
        check("subscriptions-per-account", subscriptionsPerAccount, 2, MAX_SUBSCRIPTIONS);
        check("stanza-characters", stanzaCharacters, MIN_STANZA, MAX_STANZA);
    }

    /** The same with another limit on entries. */
    public Limits withEntriesPerAccount(int most) {
        return new Limits(most, subscriptionsPerAccount, stanzaCharacters);
    }

    /** The same with another limit on subscriptions. */
    public Limits withSubscriptionsPerAccount(int most) {
        return new Limits(entriesPerAccount, most, stanzaCharacters);
    }

    /** The same with another limit on the length of a request. */
    public Limits withStanzaCharacters(int most) {
        return new Limits(entriesPerAccount, subscriptionsPerAccount, most);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + ", not " + value);
        }
    }
}
