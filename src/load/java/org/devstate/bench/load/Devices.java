package org.devstate.bench.load;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last published state of each device. Devices are numbers, and belong to one publisher each; the next state of a device always
 * differs from the last. Thread-safe, as long as each device is changed by one thread at a time.
 */
final class Devices {

    private static final int UNSAID = -1;

    private final AtomicIntegerArray said;

    /** When each was scheduled to change last, to measure delays. */
    private final AtomicLongArray saidAtNanos;

    Devices(int count) {
        said = new AtomicIntegerArray(count);
        saidAtNanos = new AtomicLongArray(count);
        for (int i = 0; i < count; i++) {
            said.set(i, UNSAID);
        }
    }

    int count() {
        return said.length();
    }

    /** The state that device takes now, at that time of the schedule: an index of {@link Wire#STATES}. */
    int change(int device, long atNanos) {
        int state = (said.get(device) + 1) % Wire.STATES.length;
        saidAtNanos.set(device, atNanos);
        said.set(device, state);
        return state;
    }

    long saidAtNanos(int device) {
        return saidAtNanos.get(device);
    }

    /** Its last published state; negative for none. */
    int last(int device) {
        return said.get(device);
    }

    boolean wasSaid(int device) {
        return said.get(device) != UNSAID;
    }
}
