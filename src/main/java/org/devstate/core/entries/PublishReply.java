// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import org.devstate.core.state.StateTable;

/** Answers a publish. Called once, with no lock held, before any subscriber is notified. */
@FunctionalInterface
public interface PublishReply {

    /** Sends the publisher the outcome. */
    void send(StateTable.StoreOutcome outcome);
}
