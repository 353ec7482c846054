// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import java.util.Collection;
import org.devstate.core.model.Jid;

/**
 * Ends sessions at the XMPP server, so that Asterisk logs in again: it then publishes all its states and subscribes, which it never does
 * while it stays logged in. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SessionEnder {

    /** The outcome for the sessions. */
    sealed interface EndOutcome {

        /** The XMPP server has ended those of them that were there. */
        record Ended() implements EndOutcome {}

        /**
         * The XMPP server ended none of them, or not all.
         *
         * @param reason the reason, and the advice, in sentences
         */
        record NotEnded(String reason) implements EndOutcome {}
    }

    /** Receives the outcome, on any thread, which must not wait for anything. */
    @FunctionalInterface
    interface EndListener {

        void ended(EndOutcome outcome);
    }

    /**
     * Ends {@code sessions}.
     *
     * @param done is given the outcome, once, within some seconds
     */
    void end(Collection<Jid> sessions, EndListener done);
}
