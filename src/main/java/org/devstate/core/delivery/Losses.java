package org.devstate.core.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What did not reach a receiver, over all receivers, in numbers. Thread-safe. */
final class Losses {

    /** Pending values whose place a newer one of the same key took, and values that were told last, as is meant to be. */
    final LongAdder conflated = new LongAdder();

    /** Events that are not cachable and were dropped, the oldest first, because too many of them were pending. */
    final LongAdder dropped = new LongAdder();

    /** Events whose receiver threw an exception. */
    final LongAdder failed = new LongAdder();
}
