package org.devstate.tigase.commands;

import java.lang.System.Logger.Level;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.devstate.core.model.Account;
import org.devstate.core.spi.Accounts;
import tigase.db.AuthRepository;
import tigase.db.TigaseDBException;
import tigase.db.UserExistsException;
import tigase.db.UserNotFoundException;
import tigase.db.UserRepository;
import tigase.xmpp.jid.BareJID;
import tigase.xmpp.jid.JID;

/** Tigase's accounts, as its own commands to add and delete users treat them. Thread-safe. */
public final class TigaseAccounts implements Accounts {

    private static final System.Logger LOG = System.getLogger(TigaseAccounts.class.getName());

    /** Tigase's name for the password of an account that has only one. */
    private static final String DEFAULT_CREDENTIAL = "default";

    private final Supplier<AuthRepository> passwords;
    private final Supplier<UserRepository> users;
    private final Predicate<String> isLocal;

    /** @param isLocal whether a domain is one of this server's */
    public TigaseAccounts(
            Supplier<AuthRepository> passwords, Supplier<UserRepository> users, Predicate<String> isLocal) {
        this.passwords = passwords;
        this.users = users;
        this.isLocal = isLocal;
    }

    @Override
    public Outcome create(Account account, String password) {
        JID user = JID.jidInstanceNS(account.text());
        if (!isLocal.test(user.getDomain())) {
            return new Outcome.Elsewhere("Create the account " + account
                    + " at its own server, with the password given here: this Tigase has no domain "
                    + user.getDomain());
        }
        try {
            passwords.get().addUser(user.getBareJID(), password);
            return new Outcome.Done();
        } catch (UserExistsException e) {
            return new Outcome.AsItWas();
        } catch (TigaseDBException e) {
            return failed("made", account, e);
        }
    }

    @Override
    public Outcome setPassword(Account account, String password) {
        JID user = JID.jidInstanceNS(account.text());
        if (!isLocal.test(user.getDomain())) {
            return new Outcome.Elsewhere("Give the account " + account + " the new password at its own server");
        }
        try {
            if (!users.get().userExists(user.getBareJID())) {
                return new Outcome.AsItWas();
            }
            passwords.get().updateCredential(user.getBareJID(), DEFAULT_CREDENTIAL, password);
            return new Outcome.Done();
        } catch (TigaseDBException e) {
            return failed("given another password", account, e);
        }
    }

    @Override
    public Outcome delete(Account account) {
        JID user = JID.jidInstanceNS(account.text());
        if (!isLocal.test(user.getDomain())) {
            return new Outcome.Elsewhere("Delete the account " + account + " at its own server");
        }
        try {
            if (!users.get().userExists(user.getBareJID())) {
                return new Outcome.AsItWas();
            }
            passwords.get().removeUser(user.getBareJID());
            forget(user.getBareJID());
            return new Outcome.Done();
        } catch (TigaseDBException e) {
            return failed("deleted", account, e);
        }
    }

    private void forget(BareJID user) throws TigaseDBException {
        try {
            users.get().removeUser(user);
        } catch (UserNotFoundException e) {
            LOG.log(Level.DEBUG, "Both repositories are one"); // if the account went with the password
        }
    }

    private static Outcome failed(String what, Account account, TigaseDBException e) {
        LOG.log(Level.WARNING, "The account " + account + " could not be " + what, e);
        return new Outcome.Failed("Tigase's database has a problem; see its log");
    }
}
