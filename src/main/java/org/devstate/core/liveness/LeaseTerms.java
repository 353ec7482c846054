package org.devstate.core.liveness;

import java.util.List;
import org.devstate.core.model.DeviceState;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the states of a server that is gone.
 *
 * @param graceMs how long they stay as they are, in milliseconds; 0 to {@value #MAX_GRACE_MS}
 * @param goneState what they become then; {@code null} keeps them for good
 */
public record LeaseTerms(long graceMs, @Nullable DeviceState goneState) {

    /** The longest grace: a day. */
    public static final long MAX_GRACE_MS = 86_400_000;

    /** Thirty seconds, then UNAVAILABLE. */
    public static final LeaseTerms DEFAULT = new LeaseTerms(30_000, DeviceState.UNAVAILABLE);

    /** What the gone-state may be called; {@code keep} leaves states as they are. */
    public static final List<String> GONE_STATES = List.of("UNAVAILABLE", "UNKNOWN", "INVALID", "keep");

    /**
     * Terms as a configuration words them.
     *
     * @param goneState one of {@link #GONE_STATES}
     * @throws IllegalArgumentException if either is none; the message says what it may be
     */
    public static LeaseTerms of(long graceMs, String goneState) {
        if (!GONE_STATES.contains(goneState)) {
            throw new IllegalArgumentException(
                    "the gone-state must be one of " + String.join(", ", GONE_STATES) + ", not '" + goneState + "'");
        }
        return new LeaseTerms(graceMs, DeviceState.parse(goneState));
    }

    public LeaseTerms {
        if (graceMs < 0 || graceMs > MAX_GRACE_MS) {
            throw new IllegalArgumentException("graceMs is not within 0.." + MAX_GRACE_MS + ": " + graceMs);
        }
    }
}
