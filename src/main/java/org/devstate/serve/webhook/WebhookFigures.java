// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

/**
 * The figures of one webhook since the start. Immutable.
 *
 * @param name of it
 * @param deliveries that were accepted
 * @param failedAttempts attempts that were not accepted
 * @param dropped changes that were never accepted: the queue was full, or a delivery was given up
 * @param queued changes that wait, or are on their way
 * @param isFailing whether the last attempt was not accepted
 */
public record WebhookFigures(
        String name, long deliveries, long failedAttempts, long dropped, int queued, boolean isFailing) {}
