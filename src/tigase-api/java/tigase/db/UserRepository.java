// SPDX-License-Identifier: Apache-2.0
package tigase.db;

import tigase.xmpp.jid.BareJID;

public interface UserRepository {

    void removeUser(BareJID user) throws UserNotFoundException, TigaseDBException;

    boolean userExists(BareJID user);
}
