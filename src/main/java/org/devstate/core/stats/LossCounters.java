package org.devstate.core.stats;

import java.util.concurrent.atomic.LongAdder;

/** What did not reach a receiver, over all receivers, in numbers. Thread-safe. */
public final class LossCounters {

    /** Pending values whose place a newer one of the same key took, and values that were told last, as is meant to be. */
    public final LongAdder coalesced = new LongAdder();

    /** Events that are not cachable and were dropped, the oldest first, because too many of them were pending. */
    public final LongAdder dropped = new LongAdder();

    /** Events whose receiver threw an exception. */
    public final LongAdder failed = new LongAdder();
}
