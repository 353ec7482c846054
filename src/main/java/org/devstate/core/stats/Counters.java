// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.validation.Verdict;

/** Counts since the service was made. Thread-safe; a reading is not a snapshot across counters. */
public final class Counters {

    /** The counters. */
    public enum Counter {
        /** Publishes that changed an entry, or that were not cachable, and so were delivered only. */
        CHANGES,
        /** Commands that were rejected because their sender is no administrator. */
        COMMANDS_FORBIDDEN,
        /** Publishes that a rule of their site drops; acknowledged, and neither stored nor delivered. */
        DROPPED_BY_RULE,
        /** Publishes that repeated the stored value; acknowledged, and not delivered. */
        DUPLICATES,
        /** Publishes under new EIDs by accounts that have as many EIDs as they may. */
        EIDS_FULL,
        /** Publishes of new keys by accounts that have as many entries as they may. */
        ENTRIES_FULL,
        /** Requests on our nodes by accounts that are not admitted. */
        FORBIDDEN,
        /** Publishes that named an EID which belongs to another account. */
        FOREIGN_EID,
        /** Device entries that took the offline-state: their server did not come back in time, or came back without them. */
        GONE,
        /** Messages of other nodes of the cluster that nothing was taken from: invalid, of another version, or of an unconnected node. */
        NODE_MESSAGES_IGNORED,
        /** Notifications that the host failed to take. */
        LOST,
        /** Sessions that have ended, if they had begun: reported by the host, whatever they had published. */
        SESSIONS_ENDED,
        /** Sessions that began anew, under the same full address, before the grace of the one before was over. */
        SESSIONS_RETURNED,
        /** EIDs without a lease after the grace period of their last session; each counts for its whole server. */
        LEASES_EXPIRED,
        /** Notifications that the host took; one for each subscriber of each change. */
        SENT,
        /** Snapshots that were begun: one for each subscription, and one for each when the host was cut off and is back. */
        SNAPSHOTS,
        /** Entries of all those snapshots that were put into the outbox of their subscriber so far. */
        SNAPSHOT_ENTRIES,
        /** Requests on our nodes that were longer than they may be. */
        STANZAS_TOO_LONG,
        /** Subscriptions rejected to accounts that have as many as they may. */
        SUBSCRIPTIONS_FULL
    }

    private final Map<Enum<?>, LongAdder> counts;

    public Counters() {
        counts = Stream.<Enum<?>>concat(Stream.of(Counter.values()), Stream.of(Verdict.Reason.values()))
                .collect(Collectors.toUnmodifiableMap(Function.identity(), key -> new LongAdder()));
    }

    /** Counts one. */
    public void count(Counter counter) {
        adder(counter).increment();
    }

    /** Counts {@code many} at once. */
    public void count(Counter counter, long many) {
        adder(counter).add(many);
    }

    /** Counts one publish rejected for {@code reason}. */
    public void countRejection(Verdict.Reason reason) {
        adder(reason).increment();
    }

    /** How many so far. */
    public long get(Counter counter) {
        return adder(counter).sum();
    }

    /** How many publishes were rejected for {@code reason} so far. */
    public long rejections(Verdict.Reason reason) {
        return adder(reason).sum();
    }

    private LongAdder adder(Enum<?> key) {
        return Objects.requireNonNull(counts.get(key));
    }
}
