package org.devstate.core.stats;

/**
 * What a site does now.
 *
 * @param site its name
 * @param online sessions of its servers that are subscribed
 * @param unsubscribed sessions of its servers that are connected but not subscribed
 * @param entries devices and mailboxes that its servers have told of
 * @param publishRate what they said in about the last minute, per second, repetitions included
 * @param notificationRate what they were told in about the last minute, per second
 * @param lagMs how long ago, in milliseconds, the oldest change happened that waits for one of them; 0 where none waits
 */
public record SiteFigures(
        String site,
        int online,
        int unsubscribed,
        int entries,
        double publishRate,
        double notificationRate,
        long lagMs) {}
