// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

/**
 * The present publishes and notifications of servers.
 *
 * @param publishRate their publishes in about the last minute, per second, repetitions included
 * @param notificationRate the notifications that they received in about the last minute, per second
 * @param lagMs how long ago, in milliseconds, the oldest change happened that is pending for one of them; 0 if none is
 */
public record Traffic(double publishRate, double notificationRate, long lagMs) {}
