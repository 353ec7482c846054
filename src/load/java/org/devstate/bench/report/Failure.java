package org.devstate.bench.report;

/**
 * A measurement that did not come to its end, or found something wrong.
 *
 * @param what was measured
 * @param server by which name it stands in the table
 * @param round from 1
 * @param mark stands in the table, in the place of the figure
 * @param reason for people
 */
public record Failure(String what, String server, int round, String mark, String reason) {}
