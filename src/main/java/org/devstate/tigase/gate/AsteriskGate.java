// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.devstate.tigase.security.PlainLogins;
import org.devstate.tigase.stanzas.NestedElements;
import org.jspecify.annotations.Nullable;
import tigase.io.SSLContextContainerIfc;
import tigase.kernel.beans.Bean;
import tigase.kernel.beans.Inject;
import tigase.server.ConnectionManager;
import tigase.server.Packet;
import tigase.server.xmppclient.ClientConnectionManager;
import tigase.server.xmppclient.XMPPIOProcessor;
import tigase.stats.StatisticsList;
import tigase.xml.Element;
import tigase.xmpp.StanzaType;
import tigase.xmpp.StreamError;
import tigase.xmpp.XMPPIOService;
import tigase.xmpp.jid.JID;

/**
 * Lets Asterisk log in despite the races of stock Tigase.
 *
 * <p><b>TLS.</b> Asterisk sends {@code <starttls/>} directly after its stream header, without waiting for the stream features (RFC
 * 6120, 5.4.2). Tigase prepares the features in other threads, and so it either drops the {@code starttls} or writes the features into
 * the TLS handshake. The gate holds an early {@code starttls} until the features have been written.
 *
 * <p>Every {@code starttls} waits until the socket is registered with its selector again. In stock Tigase the thread that has read it may
 * still use the socket when another thread starts TLS. That closed about one connection in 200. Then it waits until the selector has
 * forgotten the socket, see {@link SelectorExit}.
 *
 * <p>The gate also prevents a second {@code <proceed/>}, which stock Tigase sends about once in 150 connections of any client. The
 * thread that starts TLS writes the pending output without the lock that the reading thread takes, and the second one lands in the TLS
 * handshake. Here that lock is taken. {@link SerializedTls} prevents the races inside TLS.
 *
 * <p><b>Resource binding.</b> Tigase sends the session's full address to the connection in a command, which races with the answer to
 * the client. A stanza that the client sends at once, as Asterisk does, may then carry the bare address. Its answer is lost, because
 * the session is unknown, and that server receives nothing until it logs in again. Here the connection has the full address before the
 * answer leaves, and the request for a session waits for that, see {@link BindingOrder}.
 *
 * <p><b>Requests.</b> Those to the services are handled on the thread that has read them, see {@link DirectRequests}.
 *
 * <p><b>Depth.</b> Tigase walks through elements by recursion. A few hundred nested elements overflow the stack of a thread, which
 * ends, and with it all its work for other sessions. A client that sends such a stanza is disconnected.
 *
 * <p>Thread-safe: packets of one connection arrive on one thread, while the features may be written on another.
 */
@Bean(name = "asterisk-gate", parent = ClientConnectionManager.class, active = false)
@SuppressWarnings({"deprecation", "rawtypes"}) // as in the interface
public class AsteriskGate implements XMPPIOProcessor {

    private static final System.Logger LOG = System.getLogger(AsteriskGate.class.getName());
    private static final String ID = "asterisk-gate";
    private static final String TLS_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-tls";
    /** Milliseconds between two looks at the socket of a held {@code starttls}. */
    private static final long LOOK_AGAIN_MS = 5;

    /** Milliseconds in which every client that means to has asked for TLS. */
    private static final long TLS_PATIENCE_MS = 15_000;

    private static final String COMPRESSION_NAMESPACE = "http://jabber.org/protocol/compress";
    private static final String SASL_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String LEGACY_LOGIN = "jabber:iq:auth";
    private static final String BIND_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-bind";
    private static final String SESSION_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-session";

    private final PlainLogins plainLogins = new PlainLogins(line -> LOG.log(Level.WARNING, line));

    @Inject(bean = "service")
    private @Nullable ConnectionManager<XMPPIOService<?>> connectionManager;

    @Inject(bean = "sslContextContainer")
    private @Nullable SSLContextContainerIfc tls;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public boolean processIncoming(XMPPIOService service, Packet packet) {
        if (NestedElements.areTooDeep(packet.getElement())) {
            cutOff(service);
            return true;
        }
        ConnectionGate gate = gateOf(service);
        boolean handled = isHandled(service, packet, gate);
        if (gate.hasBeenDirect()) {
            DirectRequests.handled(service);
        }
        return handled;
    }

    private boolean isHandled(XMPPIOService<?> service, Packet packet, ConnectionGate gate) {
        if (packet.getElemName().equals("iq")) {
            return isHeldForBinding(service, packet) || DirectRequests.handle(service, packet, gate);
        }
        if (!packet.isElement("starttls", TLS_NAMESPACE)) {
            if (isLogin(packet)) {
                warnWithoutTls(service);
            } else if (packet.isElement("compress", COMPRESSION_NAMESPACE)) {
                gate.compresses();
            }
            return false;
        }
        boolean held = gate.hold(packet);
        if (held && gate.isOpen()) {
            letGo(service);
        }
        return held;
    }

    private static void cutOff(XMPPIOService<?> service) {
        String account = service.getAuthorisedUserJid().map(JID::toString).orElse("A client");
        String why = " is disconnected: a stanza has elements nested more than " + NestedElements.MAX_DEPTH + " deep";
        LOG.log(Level.WARNING, account + why);
        service.forceStop();
    }

    private static boolean isHeldForBinding(XMPPIOService<?> service, Packet iq) {
        if (iq.getType() != StanzaType.set) {
            return false;
        }
        if (iq.getElement().getChild("bind", BIND_NAMESPACE) != null) {
            gateOf(service).bindingOrder().requested(idOf(iq));
            return false;
        }
        return iq.getElement().getChild("session", SESSION_NAMESPACE) != null
                && gateOf(service).bindingOrder().hold(iq);
    }

    private static @Nullable String idOf(Packet packet) {
        return packet.getElement().getAttributeStaticStr("id");
    }

    /** Called before the packet joins those that wait to be sent. */
    @Override
    public boolean processOutgoing(XMPPIOService service, Packet packet) {
        if (packet.getElemName().equals("stream:features")) {
            gateOf(service).featuresQueued();
            watchForTls(service, packet);
        } else if (packet.isElement("proceed", TLS_NAMESPACE)) {
            letOneAtATime(service);
            service.writeInProgress.lock();
            gateOf(service).proceedQueued();
        } else if (packet.getElemName().equals("iq")) {
            setBoundAddress(service, packet);
            Packet session = gateOf(service).bindingOrder().answered(idOf(packet));
            if (session != null) {
                // On another thread, because this one holds locks of the connection.
                var unused = CompletableFuture.runAsync(() -> forward(service, session));
            }
        }
        return false;
    }

    private static boolean isLogin(Packet packet) {
        return packet.isElement("auth", SASL_NAMESPACE)
                || (packet.getElemName().equals("iq") && packet.getElement().getChild("query", LEGACY_LOGIN) != null);
    }

    /** If TLS is offered to a client, it has a while to ask for it. */
    private void watchForTls(XMPPIOService<?> service, Packet features) {
        if (features.getElement().getChild("starttls", TLS_NAMESPACE) != null) {
            gateOf(service).tlsOffered();
            CompletableFuture.delayedExecutor(TLS_PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .execute(() -> warnWithoutTls(service));
        }
    }

    private void warnWithoutTls(XMPPIOService<?> service) {
        if (gateOf(service).lacksTls() && service.isConnected()) {
            plainLogins.add(service.getRemoteAddress());
        }
    }

    /** Before TLS starts, which is right behind the proceed. */
    private void letOneAtATime(XMPPIOService<?> service) {
        SSLContextContainerIfc own = tls;
        if (own != null) {
            service.setSslContextContainer(SerializedTls.guard(own, gateOf(service)::tlsStarted));
        }
    }

    /** Takes the full address from the answer to a resource binding (RFC 6120, 7.6.1), if it is that of the one logged in. */
    private static void setBoundAddress(XMPPIOService<?> service, Packet packet) {
        JID bound = packet.getStanzaTo();
        if (bound == null || bound.getResource() == null || packet.getStanzaFrom() != null || !isBound(packet)) {
            return;
        }
        JID loggedIn = service.getAuthorisedUserJid().orElse(null);
        boolean without = loggedIn == null || loggedIn.getResource() == null;
        if (without && (loggedIn == null || loggedIn.getBareJID().equals(bound.getBareJID()))) {
            service.setAuthorisedUserJid(bound);
        }
        service.getAuthorisedUserJid().ifPresent(session -> ClientConnections.add(session, service));
    }

    private static boolean isBound(Packet packet) {
        return packet.getType() == StanzaType.result && packet.getElement().getChild("bind", BIND_NAMESPACE) != null;
    }

    /**
     * All that waited has been written. The features are among it, or at least ahead of whatever follows from the starttls:
     * Tigase runs all commands of a connection, those that queue the features and start TLS among them, on one thread.
     */
    @Override
    public void packetsSent(XMPPIOService service) throws IOException {
        unlockAfterProceed(service);
        if (gateOf(service).open()) {
            letGo(service);
        }
    }

    /**
     * As soon as the thread that has read it has given the socket back, and no selector has it any more: Tigase takes a socket out of its
     * selector to read it, and registers it again afterwards.
     */
    @SuppressWarnings("unchecked")
    private void letGo(XMPPIOService<?> service) {
        whenConnectedAnd(service, service.getSocketChannel()::isRegistered, () -> {
            XMPPIOService<Object> connection = (XMPPIOService<Object>) service;
            whenConnectedAnd(connection, () -> SelectorExit.leave(connection), () -> forwardHeld(connection));
        });
    }

    /** Looks again and again, but not at a connection that has ended. */
    private static void whenConnectedAnd(XMPPIOService<?> service, BooleanSupplier condition, Runnable action) {
        if (!service.isConnected() || condition.getAsBoolean()) {
            action.run();
            return;
        }
        CompletableFuture.delayedExecutor(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)
                .execute(() -> whenConnectedAnd(service, condition, action));
    }

    private void forwardHeld(XMPPIOService<?> service) {
        Packet held = gateOf(service).letGo();
        if (held != null) {
            forward(service, held);
        }
    }

    private static void unlockAfterProceed(XMPPIOService service) {
        if (gateOf(service).proceedDone()) {
            service.writeInProgress.unlock();
        }
    }

    @SuppressWarnings("unchecked")
    private void forward(XMPPIOService service, Packet held) {
        if (connectionManager == null) {
            return;
        }
        try {
            service.getReceivedPackets().add(held);
            connectionManager.packetsReady(service);
        } catch (IOException e) {
            service.forceStop();
        }
    }

    /** The gate of that connection; a new one if it has none. */
    @SuppressWarnings("unchecked")
    static ConnectionGate gateOf(XMPPIOService service) {
        return (ConnectionGate) service.getSessionData().computeIfAbsent(ID, id -> new ConnectionGate());
    }

    @Override
    public void getStatistics(StatisticsList list) {}

    @Override
    public Element @Nullable [] supStreamFeatures(XMPPIOService service) {
        return null;
    }

    @Override
    public void processCommand(XMPPIOService service, Packet packet) {}

    /** The thread that starts TLS calls this too, if it could not write the proceed. */
    @Override
    public boolean serviceStopped(XMPPIOService service, boolean streamClosed) {
        ClientConnections.remove(service);
        unlockAfterProceed(service);
        return false;
    }

    @Override
    public void streamError(XMPPIOService service, StreamError streamError) {}
}
