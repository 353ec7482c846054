// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

/** Answers a withdrawal. Called once, with no lock held, before any subscriber is notified. */
@FunctionalInterface
public interface WithdrawalReply {

    /** Confirms to the sender that its entries are removed. */
    void send();
}
