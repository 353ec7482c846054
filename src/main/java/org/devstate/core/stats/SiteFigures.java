package org.devstate.core.stats;

/**
 * The present figures of a site.
 *
 * @param site its name
 * @param online sessions of its servers that are subscribed
 * @param unsubscribed sessions of its servers that are connected but not subscribed
 * @param entries devices and mailboxes that its servers have published
 * @param publishRate their publishes in about the last minute, per second, repetitions included
 * @param notificationRate the notifications to them in about the last minute, per second
 * @param lagMs the age, in milliseconds, of the oldest change that waits for one of them; 0 if none waits
 */
public record SiteFigures(
        String site,
        int online,
        int unsubscribed,
        int entries,
        double publishRate,
        double notificationRate,
        long lagMs) {}
