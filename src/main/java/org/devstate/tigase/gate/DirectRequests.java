// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;
import tigase.server.Packet;
import tigase.xml.Element;
import tigase.xmpp.StanzaType;
import tigase.xmpp.XMPPDomBuilderHandler;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/**
 * Hands the PubSub requests of clients to the services on the thread that has read them. Tigase would pass each one through four queues and
 * as many threads, and wake each of them. A connection of which Tigase has got one request gives it all later ones, too: otherwise one
 * could overtake another. Thread-safe; the requests of one connection are read by one thread at a time.
 */
public final class DirectRequests {

    private static final String PUBSUB_NAMESPACE = "http://jabber.org/protocol/pubsub";

    private static final ThreadLocal<Reading> READING = ThreadLocal.withInitial(Reading::new);

    private static volatile @Nullable Handler handler;

    /** Handles requests. Thread-safe. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Handles {@code request} if it concerns a service.
         *
         * @param session the sender, which has been verified
         * @return whether it was handled; if not, Tigase passes it on
         */
        boolean handle(Jid session, Packet request);
    }

    /** The connection whose request the thread handles; {@code null} between requests. */
    private static final class Reading {
        @Nullable
        XMPPIOService<?> connection;
    }

    private DirectRequests() {}

    /** From now on, {@code services} handles all requests, in the place of an earlier handler. */
    public static void open(Handler services) {
        handler = services;
    }

    /** Leaves all requests to Tigase, if {@code services} handles them. */
    public static void close(Handler services) {
        if (handler == services) {
            handler = null;
        }
    }

    /** Whether this thread handles a request that it has read from {@code connection}, and writes the answers later. */
    static boolean isReading(XMPPIOService<?> connection) {
        return READING.get().connection == connection;
    }

    /** Hands {@code iq} to the services if it is a request to one of them. Returns whether it has been handled. */
    static boolean handle(XMPPIOService<?> connection, Packet iq, ConnectionGate gate) {
        if (!isRequest(iq)) {
            return false;
        }
        Handler services = handler;
        Jid session = ClientConnections.session(connection);
        boolean handled = services != null
                && session != null
                && gate.mayBeDirect()
                && ClientConnections.takesText(connection)
                && isFrom(connection, iq)
                && handle(services, session, connection, iq);
        gate.requested(handled);
        return handled;
    }

    private static boolean handle(Handler services, Jid session, XMPPIOService<?> connection, Packet iq) {
        Reading reading = READING.get();
        reading.connection = connection;
        try {
            return services.handle(session, iq);
        } finally {
            reading.connection = null;
        }
    }

    /** Writes the answers, if {@code connection} has handed over all stanzas that were read at once. */
    static void handled(XMPPIOService<?> connection) {
        if (!connection.getWaitingPackets().isEmpty() && !hasMore(connection)) {
            ClientOutput.flush(connection);
        }
    }

    private static boolean hasMore(XMPPIOService<?> connection) {
        return connection.getSessionData().get(XMPPIOService.DOM_HANDLER) instanceof XMPPDomBuilderHandler<?> read
                && !read.getParsedElements().isEmpty();
    }

    private static boolean isRequest(Packet iq) {
        JID to = iq.getStanzaTo();
        if (to == null || to.getLocalpart() != null || to.getResource() != null) {
            return false;
        }
        return (iq.getType() == StanzaType.set || iq.getType() == StanzaType.get) && isPubSub(iq.getElement());
    }

    private static boolean isPubSub(Element iq) {
        var children = iq.getChildren();
        String namespace =
                children == null || children.isEmpty() ? null : children.get(0).getXMLNS();
        return namespace != null && namespace.startsWith(PUBSUB_NAMESPACE);
    }

    /** Whether the named sender, if any, is the session of the connection. */
    private static boolean isFrom(XMPPIOService<?> connection, Packet iq) {
        JID from = iq.getStanzaFrom();
        return from == null || from.equals(connection.getAuthorisedUserJid().orElse(null));
    }
}
