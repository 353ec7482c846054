// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last published state of each device. Devices are numbers, and belong to one publisher each; the next state of a device always
 * differs from the last. Thread-safe, as long as each device is changed by one thread at a time.
 */
final class Devices {

    private static final int UNPUBLISHED = -1;

    private final AtomicIntegerArray published;

    /** When each was scheduled to change last, to measure delays. */
    private final AtomicLongArray publishedAtNanos;

    Devices(int count) {
        published = new AtomicIntegerArray(count);
        publishedAtNanos = new AtomicLongArray(count);
        for (int i = 0; i < count; i++) {
            published.set(i, UNPUBLISHED);
        }
    }

    int count() {
        return published.length();
    }

    /** The state that device takes now, at that time of the schedule: an index of {@link Wire#STATES}. */
    int change(int device, long atNanos) {
        int state = (published.get(device) + 1) % Wire.STATES.length;
        publishedAtNanos.set(device, atNanos);
        published.set(device, state);
        return state;
    }

    long publishedAtNanos(int device) {
        return publishedAtNanos.get(device);
    }

    /** Its last published state; negative for none. */
    int last(int device) {
        return published.get(device);
    }

    boolean wasPublished(int device) {
        return published.get(device) != UNPUBLISHED;
    }
}
