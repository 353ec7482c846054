package org.devstate.core.stats;

import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.validation.Verdict;

/** What each counter counts, in a line for people; {@link Counters} says it in full. Stateless. */
public final class Meanings {

    private Meanings() {}

    public static String of(Counter counter) {
        return switch (counter) {
            case CHANGES -> "Publishes that changed something";
            case COMMANDS_FORBIDDEN -> "Commands of accounts that are no administrators";
            case DUPLICATES -> "Publishes that said what was known already";
            case DROPPED_BY_RULE -> "Publishes dropped by a publish rule: acknowledged, neither stored nor sent";
            case EIDS_FULL -> "Publishes refused as the account has as many EIDs as it may";
            case ENTRIES_FULL -> "Publishes refused as the account or its site has as many entries as it may";
            case FORBIDDEN -> "Requests of accounts that are in no site";
            case FOREIGN_EID -> "Publishes refused as the EID is another account's or site's";
            case GONE -> "Devices that took the gone-state, as their server did not come back or no longer has them";
            case LOST -> "Notifications that could not be handed on";
            case SESSIONS_ENDED -> "Sessions that ended";
            case SESSIONS_RETURNED -> "Sessions that came back before their grace was over";
            case LEASES_EXPIRED -> "Servers whose grace was over";
            case SENT -> "Notifications sent";
            case SNAPSHOTS -> "Times that somebody was told all that is known";
            case SNAPSHOT_ENTRIES -> "Entries told thereby";
            case STANZAS_TOO_LONG -> "Requests that were too long";
            case SUBSCRIPTIONS_FULL -> "Subscriptions refused as the account has as many as it may";
        };
    }

    public static String of(Verdict.Reason reason) {
        return switch (reason) {
            case ITEM_COUNT -> "Publishes refused as they had no item, or more than one";
            case ITEM_ID -> "Publishes rejected: invalid name of a device or mailbox";
            case PAYLOAD -> "Publishes refused as they had not the element that belongs there";
            case EID -> "Publishes rejected: invalid EID";
            case STATE -> "Publishes refused as the state was none";
            case COUNT -> "Publishes refused as a message count was none";
            case CACHABLE -> "Publishes refused as cachable was neither 0 nor 1";
        };
    }
}
