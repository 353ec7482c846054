// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.limits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;

/**
 * Counts how much each account has of one thing, up to a limit that may change. Thread-safe: an account's own limit is exact; a further
 * condition may be exceeded by as many as take one at the same moment.
 */
public final class Quota {

    private final Map<Account, Integer> taken = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();
    private final RoomCondition further;
    private final QuotaListener listener;
    private volatile int most;

    /** @param most how many one account may have */
    public Quota(int most) {
        this(most, session -> true, (session, count, limit) -> {});
    }

    /**
     * @param further must hold, too, for an account to take one
     * @param listener learns of each that is taken
     */
    public Quota(int most, RoomCondition further, QuotaListener listener) {
        this.most = most;
        this.further = further;
        this.listener = listener;
    }

    /** A further condition for taking one. Thread-safe. */
    @FunctionalInterface
    public interface RoomCondition {

        /** Whether the account of {@code session} may take one more. */
        boolean hasRoom(Jid session);
    }

    /** Learns how much accounts have. Thread-safe. */
    @FunctionalInterface
    public interface QuotaListener {

        /** The account of {@code session} has {@code count} of {@code limit} now. */
        void taken(Jid session, int count, int limit);
    }

    /** The most that each account may have. */
    public int mostPerAccount() {
        return most;
    }

    /** How many the account of {@code session} has. */
    public int taken(Jid session) {
        return taken.getOrDefault(session.account(), 0);
    }

    /** How many all accounts have together. */
    public long total() {
        return total.sum();
    }

    /** How many those accounts have together. Looks at every account only if all together have {@code enough}. */
    public long takenBy(Predicate<Jid> accounts, long enough) {
        long all = total.sum();
        if (all < enough) {
            return all; // and so have some of them no more than that
        }
        return taken.entrySet().stream()
                .filter(each -> accounts.test(each.getKey().jid()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many each account has, at some moment of the call; those that have none are left out. */
    public Map<Account, Integer> byAccount() {
        return Map.copyOf(taken);
    }

    /** Changes the limit. An account that exceeds it loses nothing. */
    public void allow(int mostFromNow) {
        most = mostFromNow;
    }

    /** Takes one for the account of {@code session}. If that is at its limit, nothing changes and false is returned. */
    public boolean take(Jid session) {
        if (!further.hasRoom(session)) {
            return false;
        }
        int limit = most;
        boolean[] full = new boolean[1];
        Integer now = taken.compute(session.account(), (account, count) -> {
            int before = count == null ? 0 : count;
            full[0] = before >= limit;
            if (full[0]) {
                return count;
            }
            return before + 1;
        });
        if (!full[0]) {
            total.increment();
            listener.taken(session, now == null ? 0 : now, limit);
        }
        return !full[0];
    }

    /** Takes one for the account of {@code session}, over the limit or not: one that it had before a restart. */
    public void takeAnyway(Jid session) {
        taken.merge(session.account(), 1, Integer::sum);
        total.increment();
    }

    /** Whether the account has less than it may. */
    public boolean hasRoom(Jid session) {
        return taken.getOrDefault(session.account(), 0) < most;
    }

    /** Gives back one that was taken for the account of {@code session}. */
    public void giveBack(Jid session) {
        taken.computeIfPresent(session.account(), (account, count) -> {
            total.decrement();
            return count > 1 ? count - 1 : null;
        });
    }
}
