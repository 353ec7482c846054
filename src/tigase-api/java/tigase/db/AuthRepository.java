package tigase.db;

import tigase.xmpp.jid.BareJID;

public interface AuthRepository {

    void addUser(BareJID user, String password) throws TigaseDBException;

    void removeUser(BareJID user) throws TigaseDBException;
}
