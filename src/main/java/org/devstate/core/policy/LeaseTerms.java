// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The grace period and the offline state of the servers of a site.
 *
 * @param graceMs how long states stay as they are when their server has gone, in milliseconds
 * @param offlineState the state that they take then; {@code null} leaves them as they are for good
 */
public record LeaseTerms(long graceMs, @Nullable DeviceState offlineState) {

    /** Thirty seconds, then UNAVAILABLE. */
    public static final LeaseTerms DEFAULT =
            new LeaseTerms(Settings.GRACE.type().fallback(), DeviceState.UNAVAILABLE);

    /** @throws IllegalArgumentException if the grace is out of its range */
    public LeaseTerms {
        Settings.GRACE.type().check("grace", graceMs);
    }

    /** The last value of an entry whose server has gone or is removed: the offline state, or an empty mailbox. */
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
     * @param name its name; {@code keep} leaves states as they are
     * @throws IllegalArgumentException if there is no such offline state; the message lists them
     */
    public LeaseTerms withOfflineState(String name) {
        return new LeaseTerms(
                graceMs, DeviceState.parse(Settings.OFFLINE_STATE.type().check("offline-state", name)));
    }
}
