// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.time.Instant;

/**
 * Whether the copy follows the service.
 *
 * @param isConnected whether it does; if not, it is as old as {@code asOf}
 * @param since when that began
 * @param asOf the last moment at which the service confirmed the copy; the epoch if it never did
 * @param reason why it is not connected; empty if it is
 */
public record FeedStatus(boolean isConnected, Instant since, Instant asOf, String reason) {

    FeedStatus confirmed(Instant now) {
        return new FeedStatus(isConnected, since, now, reason);
    }
}
