// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import java.util.List;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.settings.Settings;
import org.devstate.core.spi.Accounts;

/**
 * The administrators, and the settings for new servers.
 *
 * @param administrators the accounts of administrators
 * @param domain the domain of accounts given without one; empty for the domain of the service without its first label
 * @param serverHost name or address at which Asterisk finds the XMPP server; empty for the domain of the account
 * @param serverPort the port there
 */
record AdministrationConfig(AccountGlobs administrators, String domain, String serverHost, int serverPort) {

    /** No account is an administrator. */
    public static final AdministrationConfig NONE = new AdministrationConfig(
            AccountGlobs.of(List.of()), "", "", Settings.ENROLMENT_PORT.type().fallback());

    /** Returns how servers are enrolled: the component cannot create accounts, so the administrator does. */
    Enrolment enrolment(Jid service) {
        String ofAccounts = domain.isEmpty() ? Enrolment.parent(service.bare()) : domain;
        return new Enrolment(service, new ElsewhereAccounts(), ofAccounts, serverHost, serverPort);
    }

    /** The accounts of an XMPP server, to which a component has no access. */
    private static final class ElsewhereAccounts implements Accounts {

        @Override
        public boolean areElsewhere() {
            return true;
        }

        @Override
        public AccountOutcome create(Account account, String password) {
            return new AccountOutcome.Elsewhere("Create the account " + account
                    + " at the XMPP server, with the password given here. In Prosody: prosodyctl adduser " + account
                    + " (which asks for the password). In ejabberd: ejabberdctl register " + asArguments(account)
                    + " PASSWORD; there, the account needs a privacy list too, see install-component.md.");
        }

        @Override
        public AccountOutcome setPassword(Account account, String password) {
            return new AccountOutcome.Elsewhere("Give the account " + account
                    + " the new password at the XMPP server. In Prosody: prosodyctl passwd " + account
                    + " (which asks for the password).");
        }

        @Override
        public AccountOutcome delete(Account account) {
            return new AccountOutcome.Elsewhere(
                    "Delete the account " + account + " at the XMPP server. In Prosody: prosodyctl deluser " + account
                            + ". In ejabberd: ejabberdctl unregister " + asArguments(account));
        }

        /** Returns user and domain, separated by a space, the form of ejabberd's commands. */
        private static String asArguments(Account account) {
            return account.text().replaceFirst("@", " ");
        }
    }
}
