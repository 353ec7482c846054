// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

/**
 * The pending notifications of all subscribers, and their losses. The depths are of the moment, the others since the service was made.
 *
 * @param queued notifications that are pending in all outboxes together
 * @param deepest notifications that are pending in the outbox that has the most
 * @param coalesced values that were left out, because a newer one of their key replaced them while they were pending, or the last
 *     notification had the same; one for each subscriber and value
 * @param dropped non-cachable notifications that were dropped because too many of them were pending for one subscriber; one for each
 *     subscriber and notification
 */
public record Queues(long queued, int deepest, long coalesced, long dropped) {}
