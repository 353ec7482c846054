// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import org.devstate.core.admin.operations.Entries.Fate;
import org.devstate.core.admin.operations.Entries.Known;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Entry;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Decision;
import org.devstate.core.sessions.AccountSessions;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one server for a device or mailbox, and its outcome at the server in question.
 *
 * @param known the entry
 * @param fate its outcome there
 * @param decision the rule, or other fact, that decides
 * @param sessions those of the account that publishes it
 * @param offline the state that the entries of its site take when a server is gone; {@code null} if they stay
 */
public record Source(
        Known known, Fate fate, Decision decision, AccountSessions sessions, @Nullable DeviceState offline) {

    /** How the publishing server is. */
    enum PublisherStatus {
        CONNECTED,
        /** Gone, and the grace period is not over. */
        LEAVING,
        /** Gone, or no session holds the lease of its entry for another reason. */
        GONE,
        /** Connected, but it has not published this entry in this session. */
        SILENT
    }

    /** The entry. */
    public Entry entry() {
        return known.entry();
    }

    /** The reason of its outcome, for a person. */
    public String because() {
        return decision.because();
    }

    /** The account that publishes it. */
    public Account account() {
        return known.entry().publisher().account();
    }

    /** The value as it is shown. */
    public String value() {
        return Phrases.text(entry().value());
    }

    /** A sentence if the publishing server is gone or silent; else empty. */
    public String remark() {
        return switch (publisher()) {
            case CONNECTED -> "";
            case SILENT -> account() + " is connected, but has not published it since: this is the offline state";
            case LEAVING -> since() + "; this is its last state, which stays for the grace period" + until();
            case GONE ->
                since() + (isOffline() ? ": this is the offline state" : "; this is its last value, which stays");
        };
    }

    String since() {
        long ms = sessions.goneSinceMs();
        return ms == 0
                ? account() + " has not been connected since the service was started"
                : account() + " has been gone since " + Phrases.time(ms);
    }

    String until() {
        String until = sessions.graceUntilMs() == 0 ? "" : " until " + Phrases.time(sessions.graceUntilMs());
        return until + (offline == null ? ", and then too" : ", and then becomes " + offline);
    }

    /** Whether the value is the one that the service has given it because its server is gone. */
    boolean isOffline() {
        return entry().epoch() == Entry.NO_LEASE
                && entry().key().node() == NodeType.DEVICE_STATE
                && entry().value().equals(offline);
    }

    /** Whether the server that is asked about may have the value: it was delivered, is its own, or gave way to a newer one. */
    boolean isShown() {
        return fate == Fate.DELIVERED || fate == Fate.OWN || fate == Fate.SUPERSEDED;
    }

    /** How the server is that publishes it. */
    PublisherStatus publisher() {
        boolean connected =
                !sessions.subscribed().isEmpty() || !sessions.unsubscribed().isEmpty();
        boolean device = entry().key().node() == NodeType.DEVICE_STATE;
        if (!connected) {
            return device && entry().epoch() != Entry.NO_LEASE && !known.byHand()
                    ? PublisherStatus.LEAVING
                    : PublisherStatus.GONE;
        }
        return device && entry().epoch() == Entry.NO_LEASE ? PublisherStatus.SILENT : PublisherStatus.CONNECTED;
    }
}
