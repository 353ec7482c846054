// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.Site;
import org.devstate.core.policy.Site.Suspension;
import org.devstate.core.policy.text.SiteReferences;
import org.devstate.core.spi.Clock;
import org.jspecify.annotations.Nullable;

/** Logs sites and their servers: a line for each change of them. Thread-safe; may be called with locks held. */
public final class SiteLogger {

    private final OperatorLogQueue operatorLog;
    private final ActivePolicy activePolicy;

    /** Sessions that were logged as present, and those that were logged as gone and whose grace period is not over. */
    private final Set<Jid> here = ConcurrentHashMap.newKeySet();

    private final Set<Jid> away = ConcurrentHashMap.newKeySet();

    /** The accounts that EIDs have found since the start: a session may have had one before that is another account's now. */
    private final Map<Eid, Account> owners = new ConcurrentHashMap<>();

    private final RecurringEnds ends;

    /**
     * @param activePolicy for the site of an account
     * @param clock for the time between the ends of a session
     */
    public SiteLogger(OperatorLogQueue operatorLog, ActivePolicy activePolicy, Clock clock) {
        this.operatorLog = operatorLog;
        this.ends = new RecurringEnds(clock);
        this.activePolicy = activePolicy;
    }

    /** A session has published everything, and is subscribed. */
    public void came(Jid session, Collection<Eid> eids) {
        if (!operatorLog.hasLog() || !here.add(session)) {
            return;
        }
        List<Eid> own = eids.stream().filter(eid -> isStillOf(session, eid)).toList();
        String again = away.remove(session) ? " is back" : " is connected";
        operatorLog.happened(server(session) + again + (own.isEmpty() ? "" : ", EID " + text(own)));
    }

    private boolean isStillOf(Jid session, Eid eid) {
        Account owner = owners.get(eid);
        return owner == null || owner.equals(session.account());
    }

    /** A session has ended. */
    public void gone(Jid session, long graceMs, @Nullable DeviceState offlineState) {
        if (here.remove(session)) {
            away.add(session);
            String then = offlineState == null
                    ? " is gone; its device states stay"
                    : " is gone; its device states stay for " + graceMs / 1000 + " s";
            operatorLog.happened(server(session) + then);
            warnOfPace(session);
        }
    }

    /** A session is lost with its node. */
    public void lost(Jid session) {
        away.add(session);
    }

    private void warnOfPace(Jid session) {
        long pace = ends.paceMs(session);
        if (pace > 0) {
            operatorLog.rejected(server(session) + ": its connection has ended " + RecurringEnds.ENDS + " times, every "
                    + pace / 1000
                    + " s. If the XMPP server sends pings, turn them off, because Asterisk does not answer them: in Tigase"
                    + " 'watchdog-ping-type' = 'WHITESPACE', in ejabberd mod_ping without timeout_action: kill, in Prosody"
                    + " without the module pinger");
        }
    }

    /**
     * Its grace period is over.
     *
     * @param eids whose entries no other session has taken over
     * @param devices how many of them took the offline state
     */
    public void graceOver(Jid session, Collection<Eid> eids, @Nullable DeviceState offlineState, int devices) {
        if (away.remove(session) && !eids.isEmpty() && offlineState != null) {
            operatorLog.happened(server(session) + " has not come back: " + count(devices, "device") + " of EID "
                    + text(eids) + " now " + offlineState);
        }
    }

    /** After a restart, servers have that long to publish their devices again. */
    public void awaited(int devices, int servers, long limitMs) {
        operatorLog.happened(count(servers, "server") + " published " + count(devices, "device")
                + " before the restart and may come back within " + limitMs / 1000 + " s");
    }

    /**
     * That time is over.
     *
     * @param account of a server that has not published them again
     * @param devices how many of its devices took the offline state
     */
    public void notPublishedSinceRestart(Jid account, int devices, DeviceState offlineState) {
        operatorLog.happened(server(account) + " has not published " + count(devices, "device")
                + " since the restart: now " + offlineState);
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /**
     * A session is connected but not subscribed.
     *
     * @param text the consequence and the advice
     */
    public void unsubscribed(Jid session, String text) {
        operatorLog.warned(server(session) + " is connected but not subscribed: " + text);
    }

    /** An EID has found its account. */
    public void bound(Eid eid, Account account) {
        owners.put(eid, account);
        Site site = activePolicy.now().siteOf(account.jid()); // a new server has none yet
        operatorLog.happened((site == null ? "" : "site " + site.name() + ": ") + account + ": EID " + eid
                + " is now bound to this account");
    }

    /** A persisted mailbox has an invalid id, and was removed. */
    public void notRestored(ItemKey mailbox, Account account, String fault) {
        operatorLog.happened(
                server(account.jid()) + ": persisted mailbox of EID " + mailbox.eid() + " was removed: " + fault);
    }

    /** Another policy is in force. */
    public void changed(Policy before, Policy after) {
        for (Site site : after.sites()) {
            Site old = before.site(site.name());
            if (old == null) {
                operatorLog.happened("site " + site.name() + " was added");
            } else if (!old.equals(site)) {
                operatorLog.happened("site " + site.name() + " was " + change(old, site));
            }
        }
        before.sites().stream()
                .filter(site -> after.site(site.name()) == null)
                .forEach(site -> operatorLog.happened("site " + site.name() + " was removed"));
        List<String> unmatchedBefore = SiteReferences.unmatched(before);
        SiteReferences.unmatched(after).stream()
                .filter(rule -> !unmatchedBefore.contains(rule))
                .forEach(rule -> operatorLog.rejected("no site matches " + rule));
    }

    private static String change(Site before, Site after) {
        Suspension suspension = after.tuning().suspension();
        if (before.tuning().suspension() == suspension) {
            return "changed";
        }
        return switch (suspension) {
            case NONE -> "resumed";
            case FROM_OTHERS -> "suspended: it exchanges no state with other sites";
            case COMPLETE ->
                "suspended completely: it exchanges no state with other sites, nor do its own servers with each other";
        };
    }

    private String server(Jid session) {
        Site site = activePolicy.now().siteOf(session);
        return (site == null ? "no site" : "site " + site.name()) + ": " + session;
    }

    private static String text(Collection<Eid> eids) {
        return eids.stream().map(Eid::toString).sorted().collect(Collectors.joining(", "));
    }
}
