// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the XMPP server as a component (XEP-0114), from its handshake to its end.
 *
 * <p>No stanza that the server forwards ends it: a stanza that cannot be read is dropped, see {@link StanzaFrames}. That is why no
 * library is used. Existing libraries close the connection in this case, so that any client of the server could close it at will. They
 * neither preserve the order of stanzas nor report the end of the stream. And the protocol is small.
 */
public final class ServerLink {

    /** Handles a stanza; called by one thread, in the order of arrival. */
    public interface StanzaHandler {

        void received(ElementView stanza);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    /** How long the server may take to read the end of the stream, in milliseconds. */
    private static final long GOODBYE_MS = 200;

    /**
     * Size of the send buffer, in bytes; the server's own buffers hold about as many more. If the server reads slowly, notifications must
     * wait where they are coalesced and answers overtake them, and not in megabytes of buffers.
     */
    private static final int SEND_BUFFER = 64 * 1_024;

    private final Socket socket;
    private final StanzaInput input;
    private final StanzaOutput output;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ServerLink(Socket socket, StanzaInput input, StanzaOutput output) {
        this.socket = socket;
        this.input = input;
        this.output = output;
    }

    /**
     * Connects and shakes hands.
     *
     * @throws LinkException if the server cannot be reached, or rejects this component
     */
    public static ServerLink connect(LinkConfig config) throws LinkException {
        Socket socket = new Socket();
        boolean connected = false;
        try {
            int timeoutMs = (int) config.connectTimeout().toMillis();
            socket.setTcpNoDelay(true);
            socket.setSendBufferSize(SEND_BUFFER);
            socket.connect(new InetSocketAddress(config.host(), config.port()), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            StanzaOutput output = new StanzaOutput(socket.getOutputStream());
            output.open(config.address());
            StanzaInput input = new StanzaInput(socket.getInputStream());
            output.handshake(proof(input.header(), config.secret()));
            expectHandshake(input.next());
            socket.setSoTimeout(0);
            connected = true;
            return new ServerLink(socket, input, output);
        } catch (IOException e) {
            throw new LinkException(e);
        } finally {
            if (!connected) {
                close(socket);
            }
        }
    }

    /** XEP-0114, 3: hash of the stream's id and the secret. */
    private static String proof(ElementView header, String secret) {
        try {
            byte[] text = (header.attribute("id") + secret).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static void expectHandshake(@Nullable ElementView answer) throws IOException, LinkException {
        if (answer == null) {
            throw new EOFException();
        }
        if (StreamError.is(answer)) {
            throw new LinkException(StreamError.of(answer));
        }
        if (!answer.name().equals("handshake")) {
            throw new StanzaFrames.BrokenException("no handshake");
        }
    }

    /** Passes stanzas to {@code handler} until the connection ends for any reason. */
    public void run(StanzaHandler handler) {
        try {
            for (ElementView stanza = input.next(); stanza != null; stanza = input.next()) {
                if (StreamError.is(stanza)) {
                    LOG.warn("The server ends the stream: {}", StreamError.of(stanza));
                } else {
                    handler.received(stanza);
                }
            }
        } catch (EOFException e) {
            LOG.warn("The connection ended within a stanza");
        } catch (IOException e) {
            if (!closed.get()) {
                LOG.warn("Connection lost: {}", e.getMessage());
            }
        } finally {
            close();
        }
    }

    /** Sends a stanza, in the order of the calls, at the next {@link #flush} at the latest; lost at the end. Thread-safe. */
    void send(XmlElement stanza) {
        attempt(() -> output.send(stanza));
    }

    /** Sends everything that is buffered. Thread-safe. */
    void flush() {
        attempt(output::flush);
    }

    /** Makes the server read the stanzas that were sent; must be called if no stanza follows at once. Thread-safe. */
    void pad() {
        attempt(output::pad);
    }

    /** Sends a keep-alive; must be called if nothing was sent for a while. Thread-safe. */
    void keepAlive() {
        attempt(output::keepAlive);
    }

    private interface Output {

        void perform() throws IOException;
    }

    private void attempt(Output action) {
        try {
            action.perform();
        } catch (IOException e) {
            close(socket); // which ends run(), too
        }
    }

    /** Ends the connection, and {@link #run} with it, in well under a second. A second time, nothing happens. Thread-safe. */
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        // On a separate thread, because a server that reads nothing would block it forever.
        Thread goodbye = new Thread(() -> attempt(output::end), "xmpp-goodbye");
        goodbye.setDaemon(true);
        goodbye.start();
        try {
            goodbye.join(GOODBYE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A connection could not be closed", e);
        }
    }
}
