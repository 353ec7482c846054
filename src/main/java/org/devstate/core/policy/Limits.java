// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.devstate.core.settings.Setting;
import org.devstate.core.settings.SettingType.Numbers;
import org.devstate.core.settings.Settings;

/**
 * The limits of each account, and the rate of all snapshots together. A request that exceeds a limit of its account is rejected and
 * changes nothing; entries that the account has already may still change, and end.
 *
 * @param entriesPerAccount the most entries of one account, over all its EIDs
 * @param eidsPerAccount the most EIDs that one account may have used; an Asterisk without a fixed {@code entityid} may have another one
 *     after each start
 * @param subscriptionsPerAccount the most subscriptions of all sessions of one account; a session has one for each of the two nodes
 * @param stanzaCharacters the length of a request: names, attributes and texts of all its elements, in characters
 * @param snapshotRate how many entries a second are sent to all new subscribers together, so that many that subscribe at once are
 *     served one after another. Changes do not wait for it
 */
public record Limits(
        int entriesPerAccount,
        int eidsPerAccount,
        int subscriptionsPerAccount,
        int stanzaCharacters,
        int snapshotRate) {

    public static final Limits DEFAULT = new Limits(
            Settings.ENTRIES_PER_ACCOUNT.type().fallback(),
            Settings.EIDS_PER_ACCOUNT.type().fallback(),
            Settings.SUBSCRIPTIONS_PER_ACCOUNT.type().fallback(),
            Settings.STANZA_CHARACTERS.type().fallback(),
            Settings.SNAPSHOT_RATE.type().fallback());

    /** @throws IllegalArgumentException if one is out of its range; the message names it and its range */
    public Limits {
        check(Settings.ENTRIES_PER_ACCOUNT, entriesPerAccount);
        check(Settings.EIDS_PER_ACCOUNT, eidsPerAccount);
        check(Settings.SUBSCRIPTIONS_PER_ACCOUNT, subscriptionsPerAccount);
        check(Settings.STANZA_CHARACTERS, stanzaCharacters);
        check(Settings.SNAPSHOT_RATE, snapshotRate);
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

    private static void check(Setting<Numbers> setting, int value) {
        setting.type().check(setting.name(), value);
    }
}
