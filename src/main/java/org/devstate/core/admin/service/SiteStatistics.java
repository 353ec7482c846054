package org.devstate.core.admin.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.core.delivery.Subscriptions;
import org.devstate.core.limits.Quota;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.Site;
import org.devstate.core.sessions.SessionRegistry;
import org.devstate.core.spi.Clock;
import org.devstate.core.stats.Rates;
import org.devstate.core.stats.SiteFigures;
import org.jspecify.annotations.Nullable;

/**
 * The present figures of each site, cheap enough for monitoring: they need accounts, sessions and outboxes, but no entry. Thread-safe.
 */
public final class SiteStatistics {

    private final ActivePolicy activePolicy;
    private final Quota entries;
    private final Rates publishRates;
    private final SessionRegistry sessions;
    private final Subscriptions subscriptions;
    private final Clock clock;

    public SiteStatistics(
            ActivePolicy activePolicy,
            Quota entries,
            Rates publishRates,
            SessionRegistry sessions,
            Subscriptions subscriptions,
            Clock clock) {
        this.activePolicy = activePolicy;
        this.entries = entries;
        this.publishRates = publishRates;
        this.sessions = sessions;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** The figures of one site. */
    private static final class Tally {
        private int online;
        private int unsubscribed;
        private int entries;
        private double publishRate;
        private double notificationRate;
        private long oldestChangeMs = Long.MAX_VALUE;
    }

    /** All sites, in the order of the policy. */
    public List<SiteFigures> all() {
        CompiledPolicy compiled = activePolicy.now();
        long nowMs = clock.wallMs();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        compiled.policy().sites().forEach(site -> tallies.put(site.name(), new Tally()));
        entries.byAccount()
                .forEach((account, count) -> count(tallyOf(compiled, account, tallies), account, count, nowMs));
        sessions.subscribed().forEach(session -> countOnline(tallyOf(compiled, session.bare(), tallies), session));
        sessions.unsubscribed().forEach(session -> countUnsubscribed(tallyOf(compiled, session.bare(), tallies)));
        return tallies.entrySet().stream()
                .map(each -> figures(each.getKey(), each.getValue(), nowMs))
                .toList();
    }

    private static @Nullable Tally tallyOf(CompiledPolicy compiled, String account, Map<String, Tally> tallies) {
        Site site = compiled.siteOf(new Jid(account, ""));
        return site == null ? null : tallies.get(site.name());
    }

    private void count(@Nullable Tally tally, String account, int ofAccount, long nowMs) {
        if (tally != null) {
            tally.entries += ofAccount;
            tally.publishRate += publishRates.perSecond(account, nowMs);
        }
    }

    private static void countUnsubscribed(@Nullable Tally tally) {
        if (tally != null) {
            tally.unsubscribed++;
        }
    }

    private void countOnline(@Nullable Tally tally, Jid session) {
        if (tally != null) {
            tally.online++;
            tally.notificationRate += subscriptions.perSecond(session);
            tally.oldestChangeMs = Math.min(tally.oldestChangeMs, subscriptions.oldestChangeMs(session));
        }
    }

    private static SiteFigures figures(String site, Tally tally, long nowMs) {
        long lagMs = Math.max(0, nowMs - Math.min(nowMs, tally.oldestChangeMs));
        return new SiteFigures(
                site,
                tally.online,
                tally.unsubscribed,
                tally.entries,
                tally.publishRate,
                tally.notificationRate,
                lagMs);
    }
}
