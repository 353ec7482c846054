// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.devstate.core.model.Jid;
import org.devstate.tigase.stanzas.JidConverter;
import org.jspecify.annotations.Nullable;
import tigase.server.xmppclient.C2SIOService;
import tigase.server.xmppclient.StreamManagementIOProcessor;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/**
 * The connections of clients that have logged in, as the gate sees them come and go. They are the server's and not a bean's: they outlive
 * a reload of the component that asks for them. Thread-safe.
 */
public final class ClientConnections {

    /** By the full addresses of their sessions. */
    private static final Map<JID, BoundConnection> LOGGED_IN = new ConcurrentHashMap<>();

    private static final AtomicLong LAST_LOGIN = new AtomicLong();

    /** @param login a number, another one for each login */
    private record BoundConnection(XMPPIOService<?> connection, Jid session, long login) {}

    private ClientConnections() {}

    /** One has got its full address. */
    public static void add(JID session, XMPPIOService<?> connection) {
        LOGGED_IN.compute(
                session,
                (address, known) -> known != null && known.connection == connection
                        ? known
                        : new BoundConnection(connection, JidConverter.session(address), LAST_LOGIN.incrementAndGet()));
    }

    /** One has ended, whether it got that far or not. */
    public static void remove(XMPPIOService<?> connection) {
        connection
                .getAuthorisedUserJid()
                .ifPresent(session -> LOGGED_IN.computeIfPresent(
                        session, (address, known) -> known.connection == connection ? null : known));
    }

    /** The connection of {@code session}; {@code null} if it has none here. */
    public static @Nullable XMPPIOService<?> of(JID session) {
        BoundConnection bound = LOGGED_IN.get(session);
        return bound == null ? null : bound.connection;
    }

    /** The session of {@code connection}; {@code null} if it has not got its full address, or if another one has taken its place. */
    static @Nullable Jid session(XMPPIOService<?> connection) {
        JID address = connection.getAuthorisedUserJid().orElse(null);
        BoundConnection bound = address == null ? null : LOGGED_IN.get(address);
        return bound == null || bound.connection != connection ? null : bound.session;
    }

    /** A number that distinguishes two logins under one full JID; 0 if {@code session} has no connection here. */
    public static long login(Jid session) {
        BoundConnection bound = LOGGED_IN.get(JidConverter.toTigase(session));
        return bound == null ? 0 : bound.login;
    }

    /**
     * Whether text can be written to that connection as it is: not to one with frames (WebSocket), nor to one that counts its stanzas
     * and stores them to send them again (XEP-0198).
     */
    public static boolean takesText(XMPPIOService<?> connection) {
        boolean stream = connection.getClass() == XMPPIOService.class || connection instanceof C2SIOService<?>;
        return stream && !StreamManagementIOProcessor.isEnabled(connection);
    }

    /** The full addresses of those that are logged in now. */
    public static List<Jid> sessions() {
        return LOGGED_IN.keySet().stream().map(JidConverter::session).toList();
    }

    /** The connections that are logged in now, each with an action that closes it. */
    public static List<ConnectionEnder.Connection> open() {
        return LOGGED_IN.entrySet().stream()
                .map(entry -> new ConnectionEnder.Connection(
                        JidConverter.session(entry.getKey()),
                        () -> close(List.of(entry.getValue().connection), session -> true)))
                .toList();
    }

    /** Those that are logged in now. */
    public static List<XMPPIOService<?>> now() {
        return LOGGED_IN.values().stream()
                .<XMPPIOService<?>>map(BoundConnection::connection)
                .toList();
    }

    /**
     * Closes those of {@code connections} whose sessions match. An Asterisk then logs in again by itself, publishes all its states and
     * subscribes, which it does only after a login.
     *
     * @return how many there were
     */
    static int close(Collection<XMPPIOService<?>> connections, Predicate<Jid> sessions) {
        int closed = 0;
        for (XMPPIOService<?> connection : connections) {
            JID address = connection.getAuthorisedUserJid().orElse(null);
            if (address != null && of(address) == connection && sessions.test(JidConverter.session(address))) {
                connection.forceStop();
                closed++;
            }
        }
        return closed;
    }
}
