// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes accounts at a server, many over one connection (in-band registration, XEP-0077). */
public final class Registration {

    private static final int TIMEOUT_SECONDS = 120;

    private Registration() {}

    /** Makes accounts whose passwords are their names. */
    public static void register(EventLoop loop, Address address, List<String> users) {
        try {
            XmppSession session = XmppSession.openNameless(loop, address).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Registering role = new Registering(users);
            loop.ask(() -> {
                session.setRole(role);
                role.next(session);
                return true;
            });
            role.done.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            loop.ask(() -> {
                session.close();
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("could not make the accounts", e);
        }
    }

    private static final class Registering implements XmppSession.Role {
        private final List<String> users;
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private int next;

        Registering(List<String> users) {
            this.users = users;
        }

        void next(XmppSession session) throws IOException {
            if (next == users.size()) {
                done.complete(true);
            } else {
                session.send(Wire.register(users.get(next), session.address().domain(), next));
                next++;
            }
        }

        @Override
        public void receive(XmppSession session, StanzaBytes stanza) throws IOException {
            if (!stanza.is("iq")) {
                return;
            }
            if (stanza.isError()) {
                done.completeExceptionally(new IllegalStateException(stanza.text()));
            } else {
                next(session);
            }
        }

        @Override
        public void lost(XmppSession session, String reason) {
            done.completeExceptionally(new IllegalStateException(reason));
        }
    }
}
