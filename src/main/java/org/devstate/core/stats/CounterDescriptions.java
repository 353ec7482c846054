// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import org.devstate.core.stats.Counters.Counter;
import org.devstate.core.validation.Verdict;

/** The meaning of each counter, in a line for people; {@link Counters} has it in full. Stateless. */
public final class CounterDescriptions {

    private CounterDescriptions() {}

    public static String of(Counter counter) {
        return switch (counter) {
            case CHANGES -> "Publishes that changed something";
            case COMMANDS_FORBIDDEN -> "Commands rejected: the account is no administrator";
            case DUPLICATES -> "Publishes that repeated the stored value";
            case DROPPED_BY_RULE -> "Publishes dropped by a publish rule: acknowledged, neither stored nor sent";
            case EIDS_FULL -> "Publishes rejected: the account has reached its limit of EIDs";
            case ENTRIES_FULL -> "Publishes rejected: the account or its site has reached its limit of entries";
            case FORBIDDEN -> "Requests rejected: the account is in no site";
            case FOREIGN_EID -> "Publishes rejected: the EID belongs to another account or site";
            case GONE ->
                "Devices that took the offline state, because their server did not come back or no longer has them";
            case NODE_MESSAGES_IGNORED ->
                "Messages of cluster nodes that were ignored: invalid, of another version, or of an unconnected node";
            case LOST -> "Notifications lost: the host could not send them";
            case SESSIONS_ENDED -> "Sessions that ended";
            case SESSIONS_RETURNED -> "Sessions that came back within the grace period";
            case LEASES_EXPIRED -> "Servers whose grace period has ended";
            case SENT -> "Notifications sent";
            case SNAPSHOTS -> "Snapshots sent to new subscribers";
            case SNAPSHOT_ENTRIES -> "Entries sent in snapshots";
            case STANZAS_TOO_LONG -> "Requests rejected: too long";
            case SUBSCRIPTIONS_FULL -> "Subscriptions rejected: the account has reached its limit";
        };
    }

    public static String of(Verdict.Reason reason) {
        return switch (reason) {
            case ITEM_COUNT -> "Publishes rejected: no item, or more than one";
            case ITEM_ID -> "Publishes rejected: invalid item id (name of a device or mailbox)";
            case PAYLOAD -> "Publishes rejected: the item holds no state or mailbox element";
            case EID -> "Publishes rejected: invalid EID";
            case STATE -> "Publishes rejected: invalid state";
            case COUNT -> "Publishes rejected: invalid message count";
            case CACHABLE -> "Publishes rejected: cachable is neither 0 nor 1";
        };
    }
}
