package org.devstate.core.stats;

/**
 * What waits for the receivers, and what became of it. The depths are of the moment, the others since the service was made.
 *
 * @param queued events that wait in the outboxes of all receivers together
 * @param deepest events that wait in the outbox that has the most
 * @param coalesced values that were left out, as a newer one of their key replaced them while they were pending, or the receiver
 *     had been told the same last; one for each receiver and value
 * @param dropped events that are not cachable and were dropped because too many of them were pending for one receiver; one for
 *     each receiver and event
 */
public record Queues(long queued, int deepest, long coalesced, long dropped) {}
