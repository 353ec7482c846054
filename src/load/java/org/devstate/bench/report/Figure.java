package org.devstate.bench.report;

/**
 * One figure of one round.
 *
 * @param what was measured, such as {@code throughput/5 receivers/acknowledged}
 * @param unit of the value
 * @param better how the ratio of two is to be read
 * @param server by which name it stands in the table
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
