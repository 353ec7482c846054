// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;

/** A session that publishes and subscribes, as an Asterisk does. For the loop's thread. */
record Server(Publisher publisher, SubscriberSession subscriber) implements XmppSession.Role {

    @Override
    public void receive(XmppSession session, StanzaBytes stanza) throws IOException {
        if (stanza.is("message")) {
            subscriber.receive(session, stanza);
        } else {
            publisher.receive(session, stanza);
        }
    }

    @Override
    public void paused(XmppSession session) throws IOException {
        session.flush();
    }

    @Override
    public void lost(XmppSession session, String reason) {
        publisher.lost(session, reason);
    }
}
