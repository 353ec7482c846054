// SPDX-License-Identifier: Apache-2.0
package tigase.component.adhoc;

import java.util.function.Consumer;
import tigase.xmpp.jid.JID;

public interface AdHocCommand {

    void execute(AdhHocRequest request, AdHocResponse response) throws AdHocCommandException;

    default void execute(
            AdhHocRequest request,
            AdHocResponse response,
            Runnable completionHandler,
            Consumer<AdHocCommandException> exceptionHandler)
            throws AdHocCommandException {
        throw new UnsupportedOperationException();
    }

    String getName();

    String getNode();

    boolean isAllowedFor(JID jid);
}
