package org.devstate.core.policy;

import java.util.List;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.jspecify.annotations.Nullable;

/**
 * The grace period and the offline state of the servers of a site.
 *
 * @param graceMs how long states stay as they are when their server has gone, in milliseconds; 0 to {@value #MAX_GRACE_MS}
 * @param offlineState the state that they take then; {@code null} leaves them as they are for good
 */
public record LeaseTerms(long graceMs, @Nullable DeviceState offlineState) {

    /** The longest grace: a day. */
    public static final long MAX_GRACE_MS = 86_400_000;

    /** Thirty seconds, then UNAVAILABLE. */
    public static final LeaseTerms DEFAULT = new LeaseTerms(30_000, DeviceState.UNAVAILABLE);

    /** The valid names of the offline state; {@code keep} leaves states as they are. */
    public static final List<String> OFFLINE_STATES = List.of("UNAVAILABLE", "UNKNOWN", "INVALID", "keep");

    /** @throws IllegalArgumentException if the grace is out of its range */
    public LeaseTerms {
        if (graceMs < 0 || graceMs > MAX_GRACE_MS) {
            boolean whole = graceMs % 1000 == 0;
            throw new IllegalArgumentException(outOfRange(whole ? graceMs / 1000 + " s" : graceMs + " ms"));
        }
    }

    /** Returns the error for a grace period that is out of its range, with the user's value. */
    public static String outOfRange(String grace) {
        return "grace must be within 0.." + MAX_GRACE_MS / 1000 + " s, not " + grace;
    }

    /** The last value of an entry that is to be removed, for any reason: the offline state, or an empty mailbox. */
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
     * Returns these terms with another offline state.
     *
     * @param name one of {@link #OFFLINE_STATES}
     * @throws IllegalArgumentException if it is none of them; the message lists them
     */
    public LeaseTerms withOfflineState(String name) {
        if (!OFFLINE_STATES.contains(name)) {
            throw new IllegalArgumentException(
                    "the offline-state must be one of " + String.join(", ", OFFLINE_STATES) + ", not '" + name + "'");
        }
        return new LeaseTerms(graceMs, DeviceState.parse(name));
    }
}
