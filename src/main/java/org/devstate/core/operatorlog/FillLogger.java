// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.model.Account;
import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Site;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.Scheduler;

/**
 * Warns in the operator log before an account or a site is full: at 80 % and at 95 % of its limit, each at most once a day, with the
 * names that most of its entries have in common. Those are counted on the scheduler, not on the publisher's thread. Thread-safe; may be
 * called with locks held.
 */
public final class FillLogger {

    private static final int[] MARKS = {95, 80};
    private static final long DAY_MS = 24 * 60 * 60 * 1_000L;

    /** Gives each entry to the second of both, if it is one of an account that the first holds for. */
    public interface EntryWalk {
        void forEach(Predicate<Jid> accounts, Consumer<Entry> action);
    }

    private record Mark(String owner, int percent) {}

    private final OperatorLogQueue operatorLog;
    private final Clock clock;
    private final Scheduler scheduler;
    private final Map<Mark, Long> warnedAtMs = new ConcurrentHashMap<>();
    private volatile EntryWalk entries = (accounts, action) -> {};

    public FillLogger(OperatorLogQueue operatorLog, Clock clock, Scheduler scheduler) {
        this.operatorLog = operatorLog;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Looks there for the entries of an account or a site. */
    public void lookAt(EntryWalk walk) {
        entries = walk;
    }

    /** Whether {@code count} of {@code most} is enough for a line. */
    public static boolean isFilling(long count, long most) {
        return 100 * count >= 80 * most;
    }

    /** An account has taken one more. */
    public void accountHas(Jid session, int count, int most, Site site) {
        if (isFilling(count, most) && isFirst(session.bare(), count, most)) {
            Account account = session.account();
            scheduler.schedule(
                    () -> warn(
                            "site " + site.name() + ": " + account,
                            other -> other.account().equals(account),
                            count,
                            most),
                    0);
        }
    }

    /** The accounts of a site are about to have as many together. */
    public void siteHas(Site site, long count) {
        int most = site.tuning().entries();
        if (isFilling(count, most) && count <= most && isFirst("site " + site.name(), count, most)) {
            scheduler.schedule(() -> warn("site " + site.name(), site.servers()::admits, count, most), 0);
        }
    }

    private boolean isFirst(String owner, long count, long most) {
        if (!operatorLog.hasLog()) {
            return false;
        }
        int percent = 100 * count >= MARKS[0] * most ? MARKS[0] : MARKS[1];
        Mark mark = new Mark(owner, percent);
        long nowMs = clock.wallMs();
        Long warnedMs = warnedAtMs.get(mark);
        if (warnedMs != null && nowMs - warnedMs < DAY_MS) {
            return false;
        }
        return warnedMs == null
                ? warnedAtMs.putIfAbsent(mark, nowMs) == null
                : warnedAtMs.replace(mark, warnedMs, nowMs);
    }

    private void warn(String owner, Predicate<Jid> accounts, long count, long most) {
        NamePatterns clusters = new NamePatterns();
        entries.forEach(accounts, entry -> clusters.add(entry.key()));
        NamePatterns.Cluster largest = clusters.largest();
        String text = owner + " has " + count + " of " + most + " devices and mailboxes that fit (" + 100 * count / most
                + " %)";
        if (largest != null) {
            text += "; " + largest.count() + " of them (" + 100 * largest.count() / Math.max(1, clusters.size())
                    + " %) match '"
                    + largest.subject() + "'. If these are made for each call, put the publish rule 'drop "
                    + largest.subject()
                    + "' before the others of the site; if not, raise entries-per-account or the entries of the site";
        }
        operatorLog.rejected(text);
    }
}
