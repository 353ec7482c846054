// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

/**
 * The size of the measurements.
 *
 * @param heatSeconds of work before any measurement, for the server's compiler
 * @param warmUpSeconds before each stretch that counts
 * @param seconds of such a stretch
 * @param samples of delays, one at a time
 * @param bursts of changes in one go; twice as many count
 * @param subscribers the most in growth
 * @param stormServers how many connect at once
 * @param stormDevices of each
 */
public record Scale(
        double heatSeconds,
        double warmUpSeconds,
        double seconds,
        int samples,
        int bursts,
        int subscribers,
        int stormServers,
        int stormDevices) {

    /** For figures. */
    public static Scale full(int stormServers, int stormDevices) {
        return new Scale(90, 2, 5, 3_000, 3, 1_000, stormServers, stormDevices);
    }

    /** To see that it works. */
    public static Scale quick() {
        return new Scale(3, 1, 1.5, 300, 1, 100, 20, 50);
    }
}
