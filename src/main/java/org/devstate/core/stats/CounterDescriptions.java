package org.devstate.core.stats;

import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.validation.Verdict;

/** The meaning of each counter, in a line for people; {@link Counters} has it in full. Stateless. */
public final class CounterDescriptions {

    private CounterDescriptions() {}

    public static String of(Counter counter) {
        return switch (counter) {
            case CHANGES -> "Publishes that changed something";
            case COMMANDS_FORBIDDEN -> "Commands of accounts that are no administrators";
            case DUPLICATES -> "Publishes that repeated the stored value";
            case DROPPED_BY_RULE -> "Publishes dropped by a publish rule: acknowledged, neither stored nor sent";
            case EIDS_FULL -> "Publishes rejected as the account has as many EIDs as it may";
            case ENTRIES_FULL -> "Publishes rejected as the account or its site has as many entries as it may";
            case FORBIDDEN -> "Requests of accounts that are in no site";
            case FOREIGN_EID -> "Publishes rejected as the EID is another account's or site's";
            case GONE -> "Devices that took the offline-state, as their server did not come back or no longer has them";
            case LOST -> "Notifications that could not be handed on";
            case SESSIONS_ENDED -> "Sessions that ended";
            case SESSIONS_RETURNED -> "Sessions that came back before their grace was over";
            case LEASES_EXPIRED -> "Servers whose grace was over";
            case SENT -> "Notifications sent";
            case SNAPSHOTS -> "Snapshots sent to new subscribers";
            case SNAPSHOT_ENTRIES -> "Entries sent in snapshots";
            case STANZAS_TOO_LONG -> "Requests that were too long";
            case SUBSCRIPTIONS_FULL -> "Subscriptions rejected as the account has as many as it may";
        };
    }

    public static String of(Verdict.Reason reason) {
        return switch (reason) {
            case ITEM_COUNT -> "Publishes rejected as they had no item, or more than one";
            case ITEM_ID -> "Publishes rejected: invalid name of a device or mailbox";
            case PAYLOAD -> "Publishes rejected as they had not the element that belongs there";
            case EID -> "Publishes rejected: invalid EID";
            case STATE -> "Publishes rejected as the state was none";
            case COUNT -> "Publishes rejected as a message count was none";
            case CACHABLE -> "Publishes rejected as cachable was neither 0 nor 1";
        };
    }
}
