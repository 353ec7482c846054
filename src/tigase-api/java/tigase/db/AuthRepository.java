// SPDX-License-Identifier: Apache-2.0
package tigase.db;

import tigase.auth.CredentialsDecoderBean;
import tigase.auth.CredentialsEncoderBean;
import tigase.xmpp.jid.BareJID;

public interface AuthRepository {

    enum AccountStatus {
        active
    }

    void addUser(BareJID user, String password) throws TigaseDBException;

    default void updateCredential(BareJID user, String credentialId, String password) throws TigaseDBException {
        throw new UnsupportedOperationException();
    }

    AccountStatus getAccountStatus(BareJID user) throws TigaseDBException;

    default void setCredentialsCodecs(CredentialsEncoderBean encoder, CredentialsDecoderBean decoder) {
        throw new UnsupportedOperationException();
    }

    void removeUser(BareJID user) throws TigaseDBException;
}
