package org.devstate.bench.load;

/**
 * The counts of a crowd up to a moment.
 *
 * @param atNanos that moment
 * @param sent publishes
 * @param answered of them
 * @param rejected of those, with an error
 * @param heard messages, at all subscribers
 * @param bytes of them
 * @param lastHeardNanos when the last of them came
 */
public record Tally(
        long atNanos, long sent, long answered, long rejected, long heard, long bytes, long lastHeardNanos) {

    /** Takes one; on any thread. */
    public static Tally of(Crowd crowd) {
        return crowd.loop().ask(() -> count(crowd));
    }

    private static Tally count(Crowd crowd) {
        long sent = 0;
        long answered = 0;
        long rejected = 0;
        for (Publisher publisher : crowd.publishers()) {
            sent += publisher.sent();
            answered += publisher.answered();
            rejected += publisher.rejected();
        }
        long heard = 0;
        long bytes = 0;
        long last = 0;
        for (SubscriberSession receiver : crowd.receivers()) {
            heard += receiver.messages();
            bytes += receiver.bytes();
            last = last == 0 ? receiver.lastHeardNanos() : Math.max(last, receiver.lastHeardNanos());
        }
        return new Tally(System.nanoTime(), sent, answered, rejected, heard, bytes, last);
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
    public double heardPerSecond(Tally before) {
        return (heard - before.heard) / secondsSince(before);
    }
}
