// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.report;

/**
 * A measurement that did not finish, or found an error.
 *
 * @param what the measurement
 * @param server its name in the table
 * @param round from 1
 * @param mark replaces the figure in the table
 * @param reason for people
 */
public record Failure(String what, String server, int round, String mark, String reason) {}
