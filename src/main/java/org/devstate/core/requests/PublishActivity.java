// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.spi.Clock;
import org.devstate.core.state.NonCachableStates;
import org.devstate.core.stats.Rates;
import org.devstate.core.validation.Verdict;

/** Notes, for administrators, how often each account publishes, and its publishes that are not stored. Thread-safe. */
public final class PublishActivity {

    private final Clock clock;
    private final Rates rates = new Rates();
    private final NonCachableStates nonCachable = new NonCachableStates();

    public PublishActivity(Clock clock) {
        this.clock = clock;
    }

    /** A valid item was published; returns when, in milliseconds since the epoch. */
    long published(Jid from) {
        long nowMs = clock.wallMs();
        rates.count(from.account(), nowMs);
        return nowMs;
    }

    /** A non-cachable state was published. */
    void publishedNonCachable(Jid from, Verdict.Accepted accepted, long nowMs) {
        nonCachable.add(accepted.key(), accepted.value(), from, nowMs);
    }

    /** The publishes of {@code account} in the last minute, per second. */
    public double perSecond(Account account, long nowMs) {
        return rates.perSecond(account, nowMs);
    }

    /** The devices whose last state was not cachable. */
    public NonCachableStates nonCachable() {
        return nonCachable;
    }
}
