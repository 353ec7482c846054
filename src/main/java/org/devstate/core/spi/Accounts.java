package org.devstate.core.spi;

import org.devstate.core.model.Account;

/**
 * The accounts of the XMPP server. Called for an administrator's command only, on the thread of that command, and may take as long as a
 * database does; never called with a lock held. Implementations are thread-safe, and neither store nor log a password.
 */
public interface Accounts {

    /** The outcome of making or deleting an account. */
    sealed interface Outcome {

        /** It is done. */
        record Done() implements Outcome {}

        /** The account to make exists already, and its password is unknown; or the account to delete does not exist. */
        record AsItWas() implements Outcome {}

        /** It could not be done. */
        record Failed(String reason) implements Outcome {}

        /**
         * This host has no access to accounts.
         *
         * @param todo the advice to the administrator; holds no password
         */
        record Elsewhere(String todo) implements Outcome {}
    }

    /** Whether this host has no access to accounts, so that each outcome is {@link Outcome.Elsewhere}. */
    default boolean areElsewhere() {
        return false;
    }

    /** Makes an account. */
    Outcome create(Account account, String password);

    /** Gives an account another password; sessions that are connected stay so. {@link Outcome.AsItWas} if there is no such account. */
    Outcome setPassword(Account account, String password);

    /** Deletes an account, and ends its sessions if the server can. */
    Outcome delete(Account account);
}
