// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import java.util.concurrent.atomic.LongAdder;

/** The notifications that did not reach a subscriber, over all subscribers. Thread-safe. */
public final class LossCounters {

    /** Pending values that a newer one of the same key replaced, and values that repeat the last notification, as intended. */
    public final LongAdder coalesced = new LongAdder();

    /** Events that are not cachable and were dropped, the oldest first, because too many of them were pending. */
    public final LongAdder dropped = new LongAdder();

    /** Notifications whose delivery threw an exception. */
    public final LongAdder failed = new LongAdder();
}
