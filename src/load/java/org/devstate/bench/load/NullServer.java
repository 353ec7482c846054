// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The least server that the generator can be run against: it answers each request, and passes each publish on to all subscribers,
 * without looking at it. The generator's figures with it bound the measurable ones. A process of its own.
 */
public final class NullServer implements EventLoop.Ready {

    static final String DOMAIN = "example.net";
    static final String SERVICE = "pubsub.example.net";

    private static final byte[] ITEM = Wire.bytes("<item");
    private static final byte[] ITEM_END = Wire.bytes("</item>");
    private static final byte[] BEFORE = Wire.bytes("<message xmlns='jabber:client' from='" + SERVICE + "' to='server@"
            + DOMAIN + "/asterisk' type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
            + "<items node='device_state'>");
    private static final byte[] AFTER = Wire.bytes("</items></event></message>");

    private final EventLoop loop;
    private final ServerSocketChannel server;
    private final TlsSetup tls;
    private final Set<NullSession> subscribers = new LinkedHashSet<>();
    private final List<NullSession> behind = new ArrayList<>();
    private int sessions;

    private NullServer(EventLoop loop, ServerSocketChannel server, TlsSetup tls) {
        this.loop = loop;
        this.server = server;
        this.tls = tls;
    }

    /**
     * Serves until it is killed.
     *
     * @param arguments the port on loopback, and the folder of the certificate
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 1_000);
        EventLoop loop = new EventLoop();
        NullServer server = new NullServer(loop, channel, TlsSetup.server(Path.of(arguments[1])));
        loop.register(channel, SelectionKey.OP_ACCEPT, server);
        System.out.println("listening");
        new CountDownLatch(1).await(); // until it is killed
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        NullSession session = new NullSession(this, "server" + sessions++ + '@' + DOMAIN + "/asterisk");
        session.serve(loop, server.accept());
    }

    @Override
    public void failed(Exception cause) {
        System.out.println("could not accept: " + cause);
    }

    TlsSetup tls() {
        return tls;
    }

    void subscribe(NullSession session) {
        subscribers.add(session);
    }

    void forget(NullSession session) {
        subscribers.remove(session);
    }

    /** Passes the item of a publish on to all subscribers. */
    void deliver(StanzaBytes publish) throws IOException {
        byte[] item = publish.part(ITEM, ITEM_END);
        byte[] message = ByteBuffer.allocate(BEFORE.length + item.length + AFTER.length)
                .put(BEFORE)
                .put(item)
                .put(AFTER)
                .array();
        for (NullSession subscriber : subscribers) {
            subscriber.add(message);
            behind.add(subscriber);
        }
        if (behind.size() > 1_000) {
            flush();
        }
    }

    /** Sends all added stanzas. */
    void flush() throws IOException {
        for (NullSession subscriber : behind) {
            subscriber.flush();
        }
        behind.clear();
    }
}
