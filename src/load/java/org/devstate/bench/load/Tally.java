// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

/**
 * The counts of a group of clients up to a moment.
 *
 * @param atNanos that moment
 * @param sent publishes
 * @param answered of them
 * @param rejected of those, with an error
 * @param received messages, at all subscribers
 * @param bytes of them
 * @param lastReceivedNanos when the last of them came
 */
public record Tally(
        long atNanos, long sent, long answered, long rejected, long received, long bytes, long lastReceivedNanos) {

    /** Takes one; on any thread. */
    public static Tally of(ClientGroup group) {
        return group.loop().ask(() -> count(group));
    }

    private static Tally count(ClientGroup group) {
        long sent = 0;
        long answered = 0;
        long rejected = 0;
        for (Publisher publisher : group.publishers()) {
            sent += publisher.sent();
            answered += publisher.answered();
            rejected += publisher.rejected();
        }
        long received = 0;
        long bytes = 0;
        long last = 0;
        for (SubscriberSession subscriber : group.subscribers()) {
            received += subscriber.messages();
            bytes += subscriber.bytes();
            last = last == 0 ? subscriber.lastReceivedNanos() : Math.max(last, subscriber.lastReceivedNanos());
        }
        return new Tally(System.nanoTime(), sent, answered, rejected, received, bytes, last);
    }

    /** Seconds from {@code before} to this. */
    public double secondsSince(Tally before) {
        return (atNanos - before.atNanos) / 1e9;
    }

    /** Publishes answered a second since then. */
    public double answeredPerSecond(Tally before) {
        return (answered - before.answered) / secondsSince(before);
    }

    /** Messages a second since then, at all subscribers together. */
    public double receivedPerSecond(Tally before) {
        return (received - before.received) / secondsSince(before);
    }
}
