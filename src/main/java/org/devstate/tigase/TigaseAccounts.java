package org.devstate.tigase;

import java.lang.System.Logger.Level;
import java.util.function.Predicate;
import org.devstate.core.spi.Accounts;
import tigase.db.AuthRepository;
import tigase.db.TigaseDBException;
import tigase.db.UserExistsException;
import tigase.db.UserNotFoundException;
import tigase.db.UserRepository;
import tigase.xmpp.jid.BareJID;
import tigase.xmpp.jid.JID;

/** Tigase's accounts, as its own commands to add and delete users treat them. Thread-safe. */
final class TigaseAccounts implements Accounts {

    private static final System.Logger LOG = System.getLogger(TigaseAccounts.class.getName());

    private final AuthRepository passwords;
    private final UserRepository users;
    private final Predicate<String> isLocal;

    /** @param isLocal whether a domain is one of this server's */
    TigaseAccounts(AuthRepository passwords, UserRepository users, Predicate<String> isLocal) {
        this.passwords = passwords;
        this.users = users;
        this.isLocal = isLocal;
    }

    @Override
    public Outcome create(String account, String password) {
        JID user = JID.jidInstanceNS(account);
        if (!isLocal.test(user.getDomain())) {
            return new Outcome.Elsewhere("Create the account " + account
                    + " at its own server, with the password given here: this Tigase has no domain "
                    + user.getDomain());
        }
        try {
            passwords.addUser(user.getBareJID(), password);
            return new Outcome.Done();
        } catch (UserExistsException e) {
            return new Outcome.AsItWas();
        } catch (TigaseDBException e) {
            return failed("made", account, e);
        }
    }

    @Override
    public Outcome delete(String account) {
        JID user = JID.jidInstanceNS(account);
        if (!isLocal.test(user.getDomain())) {
            return new Outcome.Elsewhere("Delete the account " + account + " at its own server");
        }
        try {
            if (!users.userExists(user.getBareJID())) {
                return new Outcome.AsItWas();
            }
            passwords.removeUser(user.getBareJID());
            forget(user.getBareJID());
            return new Outcome.Done();
        } catch (TigaseDBException e) {
            return failed("deleted", account, e);
        }
    }

    private void forget(BareJID user) throws TigaseDBException {
        try {
            users.removeUser(user);
        } catch (UserNotFoundException e) {
            LOG.log(Level.DEBUG, "Both repositories are one"); // where the account went with the password
        }
    }

    private static Outcome failed(String what, String account, TigaseDBException e) {
        LOG.log(Level.WARNING, "The account " + account + " could not be " + what, e);
        return new Outcome.Failed("Tigase's database has a problem; see its log");
    }
}
