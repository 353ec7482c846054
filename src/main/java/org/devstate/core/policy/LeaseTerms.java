package org.devstate.core.policy;

import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the states of a server that is gone.
 *
 * @param graceMs how long they stay as they are, in milliseconds; 0 to {@value #MAX_GRACE_MS}
 * @param offlineState what they become then; {@code null} keeps them for good
 */
public record LeaseTerms(long graceMs, @Nullable DeviceState offlineState) {

    /** The longest grace: a day. */
    public static final long MAX_GRACE_MS = 86_400_000;

    /** Thirty seconds, then UNAVAILABLE. */
    public static final LeaseTerms DEFAULT = new LeaseTerms(30_000, DeviceState.UNAVAILABLE);

    /** What the offline-state may be called; {@code keep} leaves states as they are. */
    public static final List<String> OFFLINE_STATES = List.of("UNAVAILABLE", "UNKNOWN", "INVALID", "keep");

    /** @throws IllegalArgumentException if the grace is out of its range */
    public LeaseTerms {
        if (graceMs < 0 || graceMs > MAX_GRACE_MS) {
            boolean whole = graceMs % 1000 == 0;
            throw new IllegalArgumentException(outOfRange(whole ? graceMs / 1000 + " s" : graceMs + " ms"));
        }
    }

    /** Says that a grace period is out of its range, with the value as the user has written it. */
    public static String outOfRange(String grace) {
        return "grace must be within 0.." + MAX_GRACE_MS / 1000 + " s, not " + grace;
    }

    /** What is said of something that is to be forgotten, by whatever reason: that it is gone, or empty. */
    public Value offlineValue(NodeType node) {
        if (node == NodeType.MESSAGE_WAITING) {
            return MailboxCounts.NONE;
        }
        return offlineState == null ? DeviceState.UNAVAILABLE : offlineState;
    }

    /** The same with another grace, in milliseconds. */
    public LeaseTerms withGraceMs(long ms) {
        return new LeaseTerms(ms, offlineState);
    }

    /**
     * The same with another offline-state, as a configuration words it.
     *
     * @param name one of {@link #OFFLINE_STATES}
     * @throws IllegalArgumentException if it is none of them; the message says what it may be
     */
    public LeaseTerms withOfflineState(String name) {
        if (!OFFLINE_STATES.contains(name)) {
            throw new IllegalArgumentException(
                    "the offline-state must be one of " + String.join(", ", OFFLINE_STATES) + ", not '" + name + "'");
        }
        return new LeaseTerms(graceMs, DeviceState.parse(name));
    }
}
