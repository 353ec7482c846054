// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.util.List;
import org.devstate.serve.feed.EntryChange;

/**
 * The content of one delivery. Immutable.
 *
 * @param place in the history after the changes, as the {@code event} of the state
 * @param isReset whether changes before these are missing, so that all entries must be read again
 * @param dropped how many changes were dropped since the last batch
 * @param changes in their order
 */
record DeliveryContent(String place, boolean isReset, long dropped, List<EntryChange> changes) {

    DeliveryContent {
        changes = List.copyOf(changes);
    }
}
