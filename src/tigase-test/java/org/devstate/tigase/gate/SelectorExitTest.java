// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.devstate.testbed.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tigase.net.IOService;
import tigase.net.SocketThread;

/** On Tigase's own socket threads, while one of them is busy adding another socket. */
final class SelectorExitTest {

    private static final int SAME_THREAD = 7;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch freed = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private ServerSocketChannel server;
    private Connection connection;
    private Connection other;

    @BeforeEach
    void connect() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        connection = new Connection("connection", open(), () -> {}, stopped::countDown);
        other = new Connection("another", open(), this::occupy, () -> {});
        SocketThread.addSocketService(connection);
        Await.until("the socket is registered", LIMIT, () -> connection.channel.isRegistered());
        SocketThread.addSocketService(other);
        awaitLatch(busy);
    }

    @AfterEach
    void disconnect() throws IOException {
        freed.countDown();
        connection.channel.close();
        other.channel.close();
        server.close();
    }

    /** Why it is needed. If this fails, Tigase has mended it, and the class can go. */
    @Test
    void tigaseStopsAConnectionThatIsTakenOutAndAddedMeanwhile() {
        takeOutAndAdd();

        freed.countDown();

        awaitLatch(stopped);
    }

    @Test
    void aConnectionLeavesAsSoonAsTheSocketThreadHasForgottenIt() {
        assertThat(SelectorExit.leave(connection)).isFalse();
        assertThat(SelectorExit.leave(connection)).isFalse();

        freed.countDown();
        Await.until("the socket has left", LIMIT, () -> SelectorExit.leave(connection));
        takeOutAndAdd();

        Await.until("the socket is registered again", LIMIT, () -> connection.channel.isRegistered());
        assertThat(stopped.getCount()).isEqualTo(1);
    }

    /** As Tigase does around the start of TLS. */
    private void takeOutAndAdd() {
        SocketThread.removeSocketService(connection);
        SocketThread.addSocketService(connection);
    }

    private SocketChannel open() throws IOException {
        SocketChannel channel = SocketChannel.open(server.getLocalAddress());
        channel.configureBlocking(false);
        return channel;
    }

    private void occupy() {
        busy.countDown();
        awaitLatch(freed);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All of them belong to one socket thread, which runs {@code registering} whenever it adds one. */
    private static final class Connection extends IOService<Object> {

        private final String id;
        private final SocketChannel channel;
        private final Runnable registering;
        private final Runnable stopping;

        Connection(String id, SocketChannel channel, Runnable registering, Runnable stopping) {
            this.id = id;
            this.channel = channel;
            this.registering = registering;
            this.stopping = stopping;
        }

        @Override
        public SocketChannel getSocketChannel() {
            registering.run();
            return channel;
        }

        @Override
        public String getUniqueId() {
            return id;
        }

        @Override
        public boolean waitingToSend() {
            return false;
        }

        @Override
        public void forceStop() {
            stopping.run();
        }

        @Override
        public void processWaitingPackets() {}

        @Override
        protected void processSocketData() {}

        @Override
        protected int receivedPackets() {
            return 0;
        }

        @Override
        public boolean equals(Object object) {
            return this == object;
        }

        @Override
        public int hashCode() {
            return SAME_THREAD;
        }
    }
}
