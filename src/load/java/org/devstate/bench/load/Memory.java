// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.util.Arrays;

/** The last state of each device that one subscriber received. For one thread. */
final class Memory {

    private static final byte NOT_RECEIVED = -1;

    private final byte[] received;

    Memory(int devices) {
        received = new byte[devices];
        Arrays.fill(received, NOT_RECEIVED);
    }

    /** Stores a received state. Returns whether the device exists. */
    boolean receive(int device, int state) {
        if (device < 0 || device >= received.length || state < 0) {
            return false;
        }
        received[device] = (byte) state;
        return true;
    }

    /**
     * How many of the published devices do not have their last published state here.
     *
     * @param ownFirst the first of its own, which do not count
     * @param ownEnd the one after the last of them
     */
    int wrong(Devices devices, int ownFirst, int ownEnd) {
        int wrong = 0;
        for (int i = 0; i < received.length; i++) {
            boolean own = i >= ownFirst && i < ownEnd;
            wrong += !own && devices.wasPublished(i) && devices.last(i) != received[i] ? 1 : 0;
        }
        return wrong;
    }

    /** How many devices it has received. */
    int known() {
        int known = 0;
        for (byte state : received) {
            known += state == NOT_RECEIVED ? 0 : 1;
        }
        return known;
    }
}
