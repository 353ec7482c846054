package org.devstate.component;

import java.util.List;
import org.devstate.core.admin.servers.Enrolment;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.AccountGlobs;
import org.devstate.core.spi.Accounts;

/**
 * Who may run commands, and what new servers are told.
 *
 * @param administrators the accounts of administrators
 * @param domain the domain of accounts that are given without; empty for that of the service without its first label
 * @param serverHost name or address at which Asterisk finds the XMPP server; empty for the domain of the account
 * @param serverPort the port there
 */
public record AdministrationConfig(AccountGlobs administrators, String domain, String serverHost, int serverPort) {

    /** Nobody may. */
    public static final AdministrationConfig NOBODY =
            new AdministrationConfig(AccountGlobs.of(List.of()), "", "", Enrolment.DEFAULT_PORT);

    /** How servers of a service are enrolled: the component can't make accounts, so the administrator does. */
    Enrolment enrolment(Jid service) {
        String ofAccounts = domain.isEmpty() ? Enrolment.parent(service.bare()) : domain;
        return new Enrolment(service, new ElsewhereAccounts(), ofAccounts, serverHost, serverPort);
    }

    /** The accounts of a server that a component has no access to. */
    private static final class ElsewhereAccounts implements Accounts {

        @Override
        public boolean areElsewhere() {
            return true;
        }

        @Override
        public Outcome create(String account, String password) {
            return new Outcome.Elsewhere("Create the account " + account
                    + " at the XMPP server, with the password given here. In Prosody: prosodyctl adduser " + account
                    + " (which asks for the password). In ejabberd: ejabberdctl register " + inWords(account)
                    + " PASSWORD; there, the account needs a privacy list too, see README.");
        }

        @Override
        public Outcome setPassword(String account, String password) {
            return new Outcome.Elsewhere("Give the account " + account
                    + " the new password at the XMPP server. In Prosody: prosodyctl passwd " + account
                    + " (which asks for the password).");
        }

        @Override
        public Outcome delete(String account) {
            return new Outcome.Elsewhere(
                    "Delete the account " + account + " at the XMPP server. In Prosody: prosodyctl deluser " + account
                            + ". In ejabberd: ejabberdctl unregister " + inWords(account));
        }

        /** As ejabberd's commands take it: user and domain. */
        private static String inWords(String account) {
            return account.replaceFirst("@", " ");
        }
    }
}
