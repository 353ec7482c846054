package org.devstate.component;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;
import org.jivesoftware.whack.ExternalComponent;
import org.jivesoftware.whack.ExternalComponentManager;
import org.jspecify.annotations.Nullable;
import org.xmpp.component.Component;
import org.xmpp.component.ComponentException;
import org.xmpp.component.ComponentManager;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * One connection to the XMPP server as a component (XEP-0114), from its handshake to its end; never connected a second time.
 *
 * <p>Whack does the protocol. Three of its habits are kept away: it spreads stanzas over a pool of threads (here the thread that
 * reads handles them, so their order is kept), it reconnects by itself at a fixed pace, and it does not notice when the server
 * ends the stream in good order.
 */
final class ServerLink {

    /** Takes a stanza; called by one thread, in the order of arrival. */
    interface Receiver {

        void received(Element stanza);
    }

    private static final String READER_NAME = "Component socket reader";

    private final Connection connection;
    private final ComponentConfig config;

    ServerLink(ComponentConfig config, Receiver receiver) {
        ExternalComponentManager manager = new ExternalComponentManager(config.host(), config.port(), false);
        manager.setConnectTimeout((int) config.connectTimeout().toMillis());
        manager.setSecretKey(config.address(), config.secret());
        this.config = config;
        this.connection = new Connection(new Inbound(receiver), manager);
    }

    /**
     * Connects and shakes hands.
     *
     * @throws ComponentException if the server can't be reached, or refuses; see {@link LinkFault}
     */
    void connect() throws ComponentException {
        connection.connect(config.host(), config.port(), config.address(), false);
    }

    /** Receives stanzas until the connection ends, for whatever reason. */
    void run() throws InterruptedException {
        // Whack neither tells that the stream has ended nor gives out its reader; but the reader joins the thread group
        // of
        // whoever starts it, and ends with the stream.
        ThreadGroup group = new ThreadGroup("xmpp-link");
        Thread starter = new Thread(group, connection::start, "xmpp-link-start");
        starter.start();
        starter.join();
        Thread[] threads = new Thread[group.activeCount() + 8];
        int count = group.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().equals(READER_NAME)) {
                threads[i].join();
            }
        }
        close();
    }

    /** Sends a stanza, in the order of the calls; lost where the connection has ended. Thread-safe. */
    void send(Element stanza) {
        connection.send(
                switch (stanza.getName()) {
                    case "iq" -> new IQ(stanza, true);
                    case "presence" -> new Presence(stanza, true);
                    default -> new Message(stanza, true);
                });
    }

    /** Ends the connection, and {@link #run} with it. A second time, nothing happens. */
    void close() {
        connection.shutdown();
    }

    /** Whack's connection, without its pool and without its way of reconnecting. */
    private static final class Connection extends ExternalComponent {

        Connection(Component component, ExternalComponentManager manager) {
            super(component, manager, new CallerRuns());
        }

        @Override
        public void connectionLost() {
            shutdown();
        }
    }

    /** Runs everything in the thread that brings it. */
    private static final class CallerRuns extends AbstractExecutorService {
        private volatile boolean shutdown;

        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }

    private record Inbound(Receiver receiver) implements Component {

        @Override
        public String getName() {
            return "tigase-devstate";
        }

        @Override
        public String getDescription() {
            return "Asterisk device states and message-waiting counts";
        }

        @Override
        public void processPacket(@Nullable Packet packet) {
            if (packet != null) {
                receiver.received(packet.getElement());
            }
        }

        @Override
        public void initialize(JID jid, ComponentManager componentManager) {}

        @Override
        public void start() {}

        @Override
        public void shutdown() {}
    }
}
