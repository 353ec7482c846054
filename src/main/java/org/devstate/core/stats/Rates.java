// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.devstate.core.model.Account;

/** How often each account did something in about the last minute. Remembers {@value #MOST} accounts; thread-safe. */
public final class Rates {

    /** How many accounts are remembered. */
    static final int MOST = 200_000;

    /** A tick is 1,024 ms. */
    private static final int TICK_BITS = 10;

    private static final double TICK_SECONDS = (1 << TICK_BITS) / 1_000.0;

    private final Map<Account, Rate> rates = new ConcurrentHashMap<>();

    /** Counts one for an account. */
    public void count(Account account, long nowMs) {
        Rate rate = rates.get(account);
        if (rate == null) {
            if (rates.size() >= MOST) {
                return;
            }
            rate = rates.computeIfAbsent(account, added -> new Rate(TICK_SECONDS));
        }
        synchronized (rate) {
            rate.count(1, nowMs >>> TICK_BITS);
        }
    }

    /** How often an account did it a second, on the average. */
    public double perSecond(Account account, long nowMs) {
        Rate rate = rates.get(account);
        if (rate == null) {
            return 0;
        }
        synchronized (rate) {
            return rate.perSecond(nowMs >>> TICK_BITS);
        }
    }
}
