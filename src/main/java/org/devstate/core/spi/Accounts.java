// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.spi;

import org.devstate.core.model.Account;

/**
 * The accounts of the XMPP server. Called for an administrator's command only, on the thread of that command, and may take as long as a
 * database does; never called with a lock held. Implementations are thread-safe, and neither store nor log a password.
 */
public interface Accounts {

    /** The outcome of making or deleting an account. */
    sealed interface AccountOutcome {

        /** It is done. */
        record Changed() implements AccountOutcome {}

        /** The account to make exists already, and its password is unknown; or the account to delete does not exist. */
        record AsItWas() implements AccountOutcome {}

        /** It could not be done. */
        record Failed(String reason) implements AccountOutcome {}

        /**
         * This host has no access to accounts.
         *
         * @param todo the advice to the administrator; holds no password
         */
        record Elsewhere(String todo) implements AccountOutcome {}
    }

    /** Whether this host has no access to accounts, so that each outcome is {@link AccountOutcome.Elsewhere}. */
    default boolean areElsewhere() {
        return false;
    }

    /** Makes an account. */
    AccountOutcome create(Account account, String password);

    /** Gives an account another password; connected sessions stay so. {@link AccountOutcome.AsItWas} if there is no such account. */
    AccountOutcome setPassword(Account account, String password);

    /** Deletes an account, and ends its sessions if the server can. */
    AccountOutcome delete(Account account);
}
