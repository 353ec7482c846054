// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

/** Posts deliveries. */
interface DeliverySender {

    /** Takes the outcome of an attempt; called once, in any thread, and must return at once. */
    interface OutcomeListener {

        void ended(PostOutcome outcome);
    }

    /** Begins an attempt, and returns at once. */
    void send(Webhook webhook, WebhookDelivery delivery, OutcomeListener listener);
}
