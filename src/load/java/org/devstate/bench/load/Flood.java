// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;

/** All publishers of a group of clients publish as fast as they are answered: each has so many publishes under way, and no more. */
public final class Flood {

    private final ClientGroup group;
    private final int underWay;
    private final long most;
    private volatile boolean on;

    /**
     * Without an end of its own.
     *
     * @param underWay unanswered publishes of each publisher
     */
    public Flood(ClientGroup group, int underWay) {
        this(group, underWay, Long.MAX_VALUE);
    }

    /**
     * With an end.
     *
     * @param most publishes of each publisher, then it stops by itself
     */
    public Flood(ClientGroup group, int underWay, long most) {
        this.group = group;
        this.underWay = underWay;
        this.most = most;
    }

    public void start() {
        on = true;
        group.loop().ask(() -> {
            for (Publisher publisher : group.publishers()) {
                publisher.onAnswer(() -> fill(publisher));
                fill(publisher);
                publisher.session().flush();
            }
            return true;
        });
    }

    private void fill(Publisher publisher) {
        try {
            while (on && publisher.unanswered() < underWay && publisher.sent() < most) {
                publisher.publishNext(System.nanoTime());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it; publishes under way are still answered. */
    public void stop() {
        on = false;
    }
}
