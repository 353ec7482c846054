// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A port of this machine that leads to a server until it is cut: then connections end at both sides, and new ones are refused. Thread-safe. */
public final class CuttableLine implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final InetSocketAddress server;
    private final int port = Folders.freePort();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket entrance;

    /** A line to the port for clients of {@code xmpp}. */
    public CuttableLine(XmppServer xmpp) {
        this.server = new InetSocketAddress(xmpp.clientHost(), xmpp.clientPort());
        mend();
    }

    /** Where it is entered. */
    public int port() {
        return port;
    }

    /** Ends all connections, and refuses new ones until it is mended. */
    public synchronized void cut() {
        end(entrance);
        entrance = null;
        open.forEach(CuttableLine::end);
        open.clear();
    }

    /** Takes connections again. */
    public synchronized void mend() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(LOOPBACK, port));
            entrance = opened;
            start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket opened) {
        try {
            while (true) {
                connect(opened, opened.accept());
            }
        } catch (IOException e) {
            end(opened); // it is cut
        }
    }

    private synchronized void connect(ServerSocket by, Socket client) throws IOException {
        if (by != entrance) {
            end(client);
            return;
        }
        Socket further = new Socket(server.getAddress(), server.getPort());
        open.add(client);
        open.add(further);
        start(() -> copy(client, further));
        start(() -> copy(further, client));
    }

    private void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // The other side, or the line, has ended.
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "line");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(@Nullable Closeable socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        cut();
    }
}
