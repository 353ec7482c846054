// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

/** A question that is put to a server. */
public interface Measurement {

    /** By which it is chosen on the command line. */
    String name();

    /** Whether one round is enough. */
    default boolean once() {
        return false;
    }

    /** Measures, and notes the figures; every wait in it is bounded. */
    void run(Arena arena);
}
