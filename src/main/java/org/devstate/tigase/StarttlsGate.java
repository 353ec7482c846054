package org.devstate.tigase;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tigase.kernel.beans.Bean;
import tigase.kernel.beans.Inject;
import tigase.server.ConnectionManager;
import tigase.server.Packet;
import tigase.server.xmppclient.ClientConnectionManager;
import tigase.server.xmppclient.XMPPIOProcessor;
import tigase.stats.StatisticsList;
import tigase.xml.Element;
import tigase.xmpp.StreamError;
import tigase.xmpp.XMPPIOService;

/**
 * Lets Asterisk get through TLS. Asterisk sends {@code <starttls/>} right behind its stream header, without waiting for the
 * stream features as RFC 6120, 5.4.2 wants it. Tigase finds the features in other threads, and so either drops the
 * {@code starttls} or writes the features into the TLS handshake. The gate holds an early {@code starttls} until the features
 * have been written, and lets it go then. For a client that waits for the features it does nothing.
 *
 * <p>Thread-safe: for one connection, packets come in on one thread while the features may be written on another.
 */
@Bean(name = "starttls-gate", parent = ClientConnectionManager.class, active = false)
@SuppressWarnings({"deprecation", "rawtypes"}) // as in the interface
public class StarttlsGate implements XMPPIOProcessor {

    private static final String ID = "starttls-gate";
    private static final String TLS_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-tls";

    @Inject(bean = "service")
    private @Nullable ConnectionManager<XMPPIOService<?>> connectionManager;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public boolean processIncoming(XMPPIOService service, Packet packet) {
        return packet.isElement("starttls", TLS_NAMESPACE) && gateOf(service).hold(packet);
    }

    @Override
    public boolean processOutgoing(XMPPIOService service, Packet packet) {
        if (packet.getElemName().equals("stream:features")) {
            gateOf(service).featuresQueued();
        }
        return false;
    }

    /**
     * The features are on the wire, or at least before anything that follows from the starttls: Tigase runs all commands of a
     * connection, the one that queues the features and the one that starts TLS, on one thread.
     */
    @Override
    public void packetsSent(XMPPIOService service) throws IOException {
        Packet held = gateOf(service).open();
        if (held != null) {
            forward(service, held);
        }
    }

    @SuppressWarnings("unchecked")
    private void forward(XMPPIOService service, Packet held) throws IOException {
        if (connectionManager != null) {
            service.getReceivedPackets().add(held);
            connectionManager.packetsReady(service);
        }
    }

    @SuppressWarnings("unchecked")
    private static Gate gateOf(XMPPIOService service) {
        return (Gate) service.getSessionData().computeIfAbsent(ID, id -> new Gate());
    }

    @Override
    public void getStatistics(StatisticsList list) {}

    @Override
    public Element @Nullable [] supStreamFeatures(XMPPIOService service) {
        return null;
    }

    @Override
    public void processCommand(XMPPIOService service, Packet packet) {}

    @Override
    public boolean serviceStopped(XMPPIOService service, boolean streamClosed) {
        return false;
    }

    @Override
    public void streamError(XMPPIOService service, StreamError streamError) {}

    /** The gate of one connection: shut until the first features have been written, open ever after. */
    private static final class Gate {
        private boolean featuresQueued;
        private boolean open;
        private @Nullable Packet held;

        /** Keeps {@code starttls} where the gate is shut; only the first, as there is to be only one. */
        synchronized boolean hold(Packet starttls) {
            if (open) {
                return false;
            }
            if (held == null) {
                held = starttls;
            }
            return true;
        }

        synchronized void featuresQueued() {
            featuresQueued = true;
        }

        /** Opens the gate where the features have been written, and gives out what it held. */
        synchronized @Nullable Packet open() {
            if (!featuresQueued) {
                return null;
            }
            open = true;
            Packet packet = held;
            held = null;
            return packet;
        }
    }
}
