// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.report;

/**
 * One figure of one round.
 *
 * @param what the measurement, such as {@code throughput/5 subscribers/acknowledged}
 * @param unit of the value
 * @param better how to read the ratio of two
 * @param server its name in the table
 * @param round from 1
 */
public record Figure(String what, String unit, Better better, String server, int round, double value) {

    /** Which of two figures is the better one. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }
}
