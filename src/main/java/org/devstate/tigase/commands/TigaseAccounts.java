// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.commands;

import java.lang.System.Logger.Level;
import org.devstate.core.model.Account;
import org.devstate.core.spi.Accounts;
import tigase.db.AuthRepository;
import tigase.db.TigaseDBException;
import tigase.db.UserExistsException;
import tigase.db.UserNotFoundException;
import tigase.db.UserRepository;
import tigase.server.BasicComponent;
import tigase.xmpp.jid.BareJID;
import tigase.xmpp.jid.JID;

/** Tigase's accounts, as its own commands to add and delete users treat them. Thread-safe. */
public final class TigaseAccounts implements Accounts {

    private static final System.Logger LOG = System.getLogger(TigaseAccounts.class.getName());

    /** Tigase's name for the password of an account that has only one. */
    private static final String DEFAULT_CREDENTIAL = "default";

    /** Has Tigase's repository of passwords, which is there once Tigase has put the component together. */
    @FunctionalInterface
    public interface Passwords {

        AuthRepository repository();
    }

    /** Has Tigase's repository of users, which is there once Tigase has put the component together. */
    @FunctionalInterface
    public interface Users {

        UserRepository repository();
    }

    private final Passwords passwords;
    private final Users users;
    private final BasicComponent component;

    /** @param component knows the domains of this server */
    public TigaseAccounts(Passwords passwords, Users users, BasicComponent component) {
        this.passwords = passwords;
        this.users = users;
        this.component = component;
    }

    @Override
    public AccountOutcome create(Account account, String password) {
        JID user = JID.jidInstanceNS(account.text());
        if (!component.isLocalDomain(user.getDomain())) {
            return new AccountOutcome.Elsewhere("Create the account " + account
                    + " at its own server, with the password given here: this Tigase has no domain "
                    + user.getDomain());
        }
        try {
            passwords.repository().addUser(user.getBareJID(), password);
            return new AccountOutcome.Changed();
        } catch (UserExistsException e) {
            return new AccountOutcome.AsItWas();
        } catch (TigaseDBException e) {
            return failed("made", account, e);
        }
    }

    @Override
    public AccountOutcome setPassword(Account account, String password) {
        JID user = JID.jidInstanceNS(account.text());
        if (!component.isLocalDomain(user.getDomain())) {
            return new AccountOutcome.Elsewhere("Give the account " + account + " the new password at its own server");
        }
        try {
            if (!users.repository().userExists(user.getBareJID())) {
                return new AccountOutcome.AsItWas();
            }
            passwords.repository().updateCredential(user.getBareJID(), DEFAULT_CREDENTIAL, password);
            return new AccountOutcome.Changed();
        } catch (TigaseDBException e) {
            return failed("given another password", account, e);
        }
    }

    @Override
    public AccountOutcome delete(Account account) {
        JID user = JID.jidInstanceNS(account.text());
        if (!component.isLocalDomain(user.getDomain())) {
            return new AccountOutcome.Elsewhere("Delete the account " + account + " at its own server");
        }
        try {
            if (!users.repository().userExists(user.getBareJID())) {
                return new AccountOutcome.AsItWas();
            }
            passwords.repository().removeUser(user.getBareJID());
            forget(user.getBareJID());
            return new AccountOutcome.Changed();
        } catch (TigaseDBException e) {
            return failed("deleted", account, e);
        }
    }

    private void forget(BareJID user) throws TigaseDBException {
        try {
            users.repository().removeUser(user);
        } catch (UserNotFoundException e) {
            LOG.log(Level.DEBUG, "Both repositories are one"); // if the account went with the password
        }
    }

    private static AccountOutcome failed(String what, Account account, TigaseDBException e) {
        LOG.log(Level.WARNING, "The account " + account + " could not be " + what, e);
        return new AccountOutcome.Failed("Tigase's database has a problem; see its log");
    }
}
