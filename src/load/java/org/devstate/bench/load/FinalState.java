// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The final state of a group of clients, after its last notification.
 *
 * @param end the counts at the end
 * @param wrong devices without their last published state at some subscriber, summed over the subscribers
 * @param unanswered publishes
 */
public record FinalState(Tally end, long wrong, long unanswered) {

    private static final long UNKNOWN = -1;
    private static final long POLL_NANOS = 50_000_000;

    /** Nothing for so long means that nothing more comes. */
    private static final long SILENCE_NANOS = 3_000_000_000L;

    /**
     * Waits until all has been answered and each subscriber has received everything; or until nothing has come for a while; or that
     * long.
     */
    public static FinalState await(ClientGroup group, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        FinalState finalState = look(group);
        long changedAt = System.nanoTime();
        while (!finalState.isRight() && System.nanoTime() < deadline && System.nanoTime() - changedAt < SILENCE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
            Tally now = Tally.of(group);
            if (now.received() != finalState.end.received() || now.answered() != finalState.end.answered()) {
                changedAt = System.nanoTime();
                finalState = new FinalState(now, UNKNOWN, now.sent() - now.answered());
            } else {
                finalState = look(group); // which is much to look at, while more comes all the time
            }
        }
        return look(group);
    }

    private static FinalState look(ClientGroup group) {
        Tally now = Tally.of(group);
        long wrong = group.loop().ask(() -> group.subscribers().stream()
                .mapToLong(SubscriberSession::wrong)
                .sum());
        return new FinalState(now, wrong, now.sent() - now.answered());
    }

    /** Whether all publishes were answered, and each subscriber has the last states. */
    public boolean isRight() {
        return wrong == 0 && unanswered == 0;
    }
}
