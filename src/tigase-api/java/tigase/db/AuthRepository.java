package tigase.db;

import tigase.xmpp.jid.BareJID;

public interface AuthRepository {

    void addUser(BareJID user, String password) throws TigaseDBException;

    default void updateCredential(BareJID user, String credentialId, String password) throws TigaseDBException {
        throw new UnsupportedOperationException();
    }

    void removeUser(BareJID user) throws TigaseDBException;
}
