// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import tigase.net.IOService;
import tigase.net.SocketThread;

/**
 * Takes a socket out of the selectors of Tigase's socket threads, so that none of them has even a cancelled key of it.
 *
 * <p>Tigase takes a socket out before it starts TLS, and adds it again right after. Taking out cancels the key, which the selector
 * forgets when its thread selects again. If that thread is still adding other sockets, it finds the cancelled key of this one, and
 * Tigase closes the connection without a log message. That happens when many clients connect at once to a Tigase that has just started.
 *
 * <p>Stateless, for any thread.
 */
final class SelectorExit {

    /** Of no connection: a socket thread that finds it does nothing. */
    private static final SocketChannel UNCONNECTED = unconnected();

    private SelectorExit() {}

    /**
     * Takes the socket of {@code service} out, and wakes the threads that have to forget it.
     *
     * @return whether they have; if not, call again a little later
     */
    static boolean leave(IOService<Object> service) {
        if (!service.getSocketChannel().isRegistered()) {
            return true;
        }
        SocketThread.removeSocketService(service);
        SocketThread.addSocketService(new WakeUp(service));
        return false;
    }

    private static SocketChannel unconnected() {
        try (SocketChannel channel = SocketChannel.open()) {
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the same socket threads as another one, which select again because of it. They choose them by the hash code. */
    private static final class WakeUp extends IOService<Object> {

        private final IOService<Object> other;

        WakeUp(IOService<Object> other) {
            this.other = other;
        }

        @Override
        public String getUniqueId() {
            return "wake-up of " + other.getUniqueId();
        }

        @Override
        public SocketChannel getSocketChannel() {
            return UNCONNECTED;
        }

        @Override
        public boolean waitingToSend() {
            return true;
        }

        /** Called because it is not connected. */
        @Override
        public void forceStop() {}

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
            return other.hashCode();
        }
    }
}
