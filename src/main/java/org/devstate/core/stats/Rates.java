package org.devstate.core.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each account did something in the last minute. Remembers {@value #MOST} accounts; thread-safe. */
public final class Rates {

    /** How many accounts are remembered. */
    static final int MOST = 200_000;

    private final Map<String, Rate> rates = new ConcurrentHashMap<>();

    /** Counts one for an account. */
    public void count(String account, long nowMs) {
        Rate rate = rates.get(account);
        if (rate == null) {
            if (rates.size() >= MOST) {
                return;
            }
            rate = rates.computeIfAbsent(account, added -> new Rate());
        }
        rate.count(1, nowMs);
    }

    /** How often an account did it a second, on the average over the last minute. */
    public double perSecond(String account, long nowMs) {
        Rate rate = rates.get(account);
        return rate == null ? 0 : rate.perSecond(nowMs);
    }
}
