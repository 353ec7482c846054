// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client: TLS, SASL PLAIN, bind; from then on a {@link Role} has it. Sending is thread-safe, all else is for the loop. */
public final class XmppSession implements EventLoop.Ready, StanzaScanner.Listener {

    /** The purpose of a session. Called on the loop's thread. */
    interface Role {

        /** A stanza has come. */
        void receive(XmppSession session, StanzaBytes stanza) throws IOException;

        /** All received stanzas have been handled: the time to send the added ones. */
        default void paused(XmppSession session) throws IOException {}

        /** The session is over, without having been closed here. */
        default void lost(XmppSession session, String reason) {}
    }

    private static final TlsSetup TLS = TlsSetup.client();

    private final Address address;
    private final Login login;
    private final StanzaScanner scanner = new StanzaScanner(this);
    private final StanzaBytes stanza = new StanzaBytes();
    private final CompletableFuture<XmppSession> opened = new CompletableFuture<>();
    private @Nullable TlsChannel channel;
    private Role role = (session, ignored) -> {};
    private volatile boolean closed;

    /** @param registers whether it stays without a login, to make accounts */
    private XmppSession(Address address, String user, String resource, boolean registers) {
        this.address = address;
        this.login = new Login(this, address.domain(), user, resource, registers);
    }

    /** Connects and logs in, as a user whose password is the user's name. */
    static CompletableFuture<XmppSession> open(EventLoop loop, Address address, String user, String resource) {
        return new XmppSession(address, user, resource, false).connect(loop);
    }

    /** Connects, and does not log in. */
    static CompletableFuture<XmppSession> openNameless(EventLoop loop, Address address) {
        return new XmppSession(address, "nobody", "", true).connect(loop);
    }

    private CompletableFuture<XmppSession> connect(EventLoop loop) {
        loop.execute(() -> {
            try {
                SocketChannel socket = SocketChannel.open();
                SelectionKey key = loop.register(socket, SelectionKey.OP_CONNECT, this);
                channel = new TlsChannel(socket, key, scanner::scan);
                socket.connect(new InetSocketAddress(address.host(), address.port()));
            } catch (IOException e) {
                failed(e);
            }
        });
        return opened;
    }

    /** Whether it has ended. On any thread. */
    boolean isClosed() {
        return closed;
    }

    /** The full address that the server gave. */
    String jid() {
        return login.jid();
    }

    Address address() {
        return address;
    }

    void setRole(Role newRole) {
        role = newRole;
    }

    /** Adds bytes to the next {@link #flush}. */
    void add(byte[] bytes) throws IOException {
        io().add(bytes);
    }

    void flush() throws IOException {
        io().flush();
    }

    void send(byte[] bytes) throws IOException {
        add(bytes);
        flush();
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        if (key.isConnectable()) {
            ((SocketChannel) key.channel()).finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            login.begin();
            return;
        }
        if (key.isWritable()) {
            flush();
        }
        if (key.isReadable()) {
            io().read();
            role.paused(this);
        }
    }

    @Override
    public void stanza(byte[] buffer, int from, int to) {
        stanza.at(buffer, from, to);
        try {
            if (login.isDone()) {
                role.receive(this, stanza);
                return;
            }
            login.receive(stanza);
            if (login.isDone()) {
                opened.complete(this);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Bytes of the longest record of TLS that has come. */
    int longestRecord() {
        return io().longestRecord();
    }

    /** From here on it is TLS. */
    void secure() throws IOException {
        io().secure(TLS.engine(true), this::secured);
    }

    private void secured() {
        try {
            login.secured();
        } catch (IOException e) {
            failed(e);
        }
    }

    /** The stream begins anew. */
    void restart() {
        scanner.restart();
    }

    private TlsChannel io() {
        TlsChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        return open;
    }

    @Override
    public void streamEnded() {
        failed(new IOException("the server ended the stream"));
    }

    @Override
    public void failed(Exception cause) {
        if (closed) {
            return;
        }
        if (!login.isDone()) {
            opened.completeExceptionally(new IOException(cause.getMessage() + ", in stage " + login.stage(), cause));
        }
        role.lost(this, String.valueOf(cause.getMessage()));
        close();
    }

    /** Ends it without a closing tag. */
    void close() {
        closed = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It is closed, then.
        }
    }
}
