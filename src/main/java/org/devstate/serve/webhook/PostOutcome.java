// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.time.Duration;

/** How an attempt to deliver has ended. */
sealed interface PostOutcome {

    /** Answered 2xx. */
    record PostAccepted() implements PostOutcome {}

    /** Answered in a way that no repetition changes. */
    record PostRejected(String reason) implements PostOutcome {}

    /**
     * Not answered, or in a way that may change: the same delivery is sent again.
     *
     * @param leastPause that the endpoint asks for; zero if it does not
     */
    record PostFailed(String reason, Duration leastPause) implements PostOutcome {}

    /** Answered 410: the endpoint wants no more deliveries. */
    record PostEnded() implements PostOutcome {}
}
