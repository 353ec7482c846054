/**
 * Webhooks: URLs that are called for changes, as the conventions of Standard Webhooks have it. {@link
 * org.devstate.serve.webhook.WebhooksFile} reads them; {@link org.devstate.serve.webhook.Webhooks} calls them, in one thread that never
 * waits for an endpoint.
 *
 * <p>Each webhook follows the log of events at its own place, and has a bounded {@link org.devstate.serve.webhook.ChangeQueue} with the
 * latest change of each entry. {@link org.devstate.serve.webhook.WebhookRunner} decides when the next delivery leaves, and {@link
 * org.devstate.serve.webhook.WebhookSender} posts it.
 */
@NullMarked
package org.devstate.serve.webhook;

import org.jspecify.annotations.NullMarked;
