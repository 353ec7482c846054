// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A client as the {@link NullServer} has it: whatever it asks is done. For the loop's thread. */
final class NullSession implements EventLoop.Ready, StanzaScanner.Listener {

    private static final byte[] PUBLISH = Wire.bytes("<publish ");
    private static final byte[] SUBSCRIBE = Wire.bytes("<subscribe ");
    private static final byte[] UNSUBSCRIBE = Wire.bytes("<unsubscribe ");
    private static final byte[] BIND = Wire.bytes("<bind ");

    private final NullServer server;
    private final String jid;
    private final StanzaScanner scanner = new StanzaScanner(this);
    private final StanzaBytes stanza = new StanzaBytes();
    private @Nullable TlsChannel channel;
    private boolean secure;
    private boolean known;

    NullSession(NullServer server, String jid) {
        this.server = server;
        this.jid = jid;
    }

    void serve(EventLoop loop, SocketChannel socket) throws IOException {
        SelectionKey key = loop.register(socket, SelectionKey.OP_READ, this);
        channel = new TlsChannel(socket, key, scanner::scan);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        if (key.isWritable()) {
            flush();
        }
        if (key.isReadable() && channel != null) {
            channel.read();
            flush();
            server.flush();
        }
    }

    void add(byte[] bytes) throws IOException {
        if (channel != null) {
            channel.add(bytes);
        }
    }

    void flush() throws IOException {
        if (channel != null) {
            channel.flush();
        }
    }

    @Override
    public void streamBegan() {
        String features = !secure
                ? "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"
                : known
                        ? "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
                        : "<mechanisms"
                                + " xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>";
        send("<stream:stream xmlns='jabber:client' version='1.0' xmlns:stream='http://etherx.jabber.org/streams'>"
                + "<stream:features>" + features + "</stream:features>");
    }

    @Override
    public void stanza(byte[] buffer, int from, int to) {
        stanza.at(buffer, from, to);
        try {
            if (stanza.is("iq")) {
                answer();
            } else if (stanza.is("starttls")) {
                send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
                flush();
                if (channel != null) {
                    channel.secure(server.tls().engine(false), this::restart);
                }
            } else if (stanza.is("auth")) {
                known = true;
                scanner.restart();
                send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void restart() {
        secure = true;
        scanner.restart();
    }

    private void answer() throws IOException {
        if (stanza.has(BIND)) {
            send("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>" + jid
                    + "</jid></bind></iq>");
            return;
        }
        send("<iq xmlns='jabber:client' type='result' from='" + NullServer.SERVICE + "' to='" + jid + "' id='n"
                + stanza.idNumber() + "'/>");
        if (stanza.has(PUBLISH)) {
            server.deliver(stanza);
        } else if (stanza.has(SUBSCRIBE)) {
            server.subscribe(this);
        } else if (stanza.has(UNSUBSCRIBE)) {
            server.forget(this);
        }
    }

    private void send(String xml) {
        try {
            add(Wire.bytes(xml));
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void streamEnded() {
        failed(new IOException("ended"));
    }

    @Override
    public void failed(Exception cause) {
        server.forget(this);
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // closed, then
        }
    }
}
