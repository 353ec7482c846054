// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.net.URI;
import org.devstate.serve.feed.EntrySelector;

/**
 * One line of the webhooks file. Immutable.
 *
 * @param name for log lines and metrics
 * @param url to post to, {@code http} or {@code https}; it may have secrets in it, so that no text for people shows it
 * @param signer with the secrets
 * @param filter of the changes for which it is called
 * @param queueLength how many changes may wait
 */
record Webhook(String name, URI url, WebhookSigner signer, EntrySelector filter, int queueLength) {

    /** The default of {@link #queueLength}. */
    static final int DEFAULT_QUEUE = 1_000;

    /** The highest {@link #queueLength}. */
    static final int LONGEST_QUEUE = 100_000;
}
