// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

/**
 * One figure of a service, for a program that collects figures.
 *
 * @param id what it counts or measures
 * @param site the name of the site that it is about; empty for the whole service
 * @param otherNode the other node of the cluster that it is about; empty for none
 * @param le of a bucket: its upper bound in the unit, or {@code +Inf}; empty for others
 * @param value a whole number, or a decimal one
 */
public record Metric(MetricId id, String site, String otherNode, String le, String value) {

    /** How a figure changes. */
    public enum MetricKind {
        /** It only grows, until a restart of the service. */
        COUNTER("counter"),
        /** It is of the moment. */
        GAUGE("gauge"),
        /** How many observations of a histogram were up to a bound, since the start of the service. */
        BUCKET("bucket"),
        /** The sum of the observations of a histogram. */
        SUM("sum"),
        /** How many observations a histogram has. */
        COUNT("count");

        private final String word;

        MetricKind(String word) {
            this.word = word;
        }

        /** For programs. */
        public String word() {
            return word;
        }
    }

    /**
     * What a figure counts or measures.
     *
     * @param name for programs
     * @param unit {@code ms}, {@code s} or {@code 1/s}; empty for a plain number
     * @param meaning for people
     */
    public record MetricId(String name, MetricKind kind, String unit, String meaning) {

        /** Its value for the whole service. */
        public Metric of(long value) {
            return new Metric(this, "", "", "", Long.toString(value));
        }

        /** Its value for a site. */
        public Metric ofSite(String site, Object value) {
            return new Metric(this, site, "", "", String.valueOf(value));
        }

        /** Its value for another node of the cluster. */
        public Metric ofOtherNode(String node, long value) {
            return new Metric(this, "", node, "", Long.toString(value));
        }
    }

    /** A gauge. */
    public static MetricId gauge(String name, String unit, String meaning) {
        return new MetricId(name, MetricKind.GAUGE, unit, meaning);
    }
}
