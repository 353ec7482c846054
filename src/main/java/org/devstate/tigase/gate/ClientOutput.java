// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.devstate.core.protocol.XmlElement;
import org.devstate.tigase.stanzas.ElementConverter;
import org.devstate.tigase.stanzas.GrowingElement;
import org.jspecify.annotations.Nullable;
import tigase.io.IOInterface;
import tigase.net.SocketThread;
import tigase.server.Packet;
import tigase.xml.Element;
import tigase.xmpp.XMPPIOService;

/**
 * Writes text to the connections of clients, on the calling thread. Tigase would pass each packet through three queues and as many
 * threads, and wake each of them. What a connection's line does not take at once is written by Tigase's socket threads. Thread-safe;
 * stateless but for the answers of each thread.
 */
public final class ClientOutput {

    /**
     * Bytes of stanzas that are written together. Asterisk reads {@code NET_IO_BUF_SIZE - 2}, 4,094, at a time ({@code xmpp_io_recv}), and
     * the rest of a record of TLS then waits until the next one arrives.
     */
    public static final int MOST_BYTES = 4_000;

    /**
     * How many writes may wait for a line, beside those in the buffers of the operating system, until its client is behind; each has at
     * most {@value #MOST_BYTES} bytes.
     */
    static final int MOST_WAITING = 16;

    /** Milliseconds from one look at a connection whose line does not take all to the next. */
    private static final long LOOK_AGAIN_MS = 100;

    /** The connections whose lines have not taken all. */
    private static final Set<XMPPIOService<?>> SLOW = ConcurrentHashMap.newKeySet();

    /** The answers that this thread has queued last. */
    private static final ThreadLocal<@Nullable Answers> ANSWERS = new ThreadLocal<>();

    private record Answers(XMPPIOService<?> connection, GrowingElement element) {}

    /** Makes packets of elements for one recipient. */
    @FunctionalInterface
    public interface PacketMaker {

        Packet make(Element element);
    }

    private ClientOutput() {}

    /** Whether the line of {@code connection} does not take what was written before. */
    public static boolean isBehind(XMPPIOService<?> connection) {
        return connection.waitingToSendSize() >= MOST_WAITING;
    }

    /** Writes {@code packet}. */
    public static void write(XMPPIOService<?> connection, Packet packet) {
        connection.addPacketToSend(packet);
        flush(connection);
    }

    /**
     * Writes the text of stanzas, without a packet, if the connection has TLS and no layer above it: making a packet, and Tigase's encoder,
     * take a tenth of a loaded server's processor time.
     *
     * @param packet made only if there must be one
     */
    public static void write(XMPPIOService<?> connection, String text, Supplier<Packet> packet) {
        IOInterface tls = AsteriskGate.gateOf(connection).tls();
        if (tls == null) {
            write(connection, packet.get());
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        connection.writeInProgress.lock();
        try {
            if (!connection.getWaitingPackets().isEmpty()) {
                connection.processWaitingPackets();
            }
            tls.write(bytes);
        } catch (IOException | RuntimeException e) {
            connection.forceStop();
            return;
        } finally {
            connection.writeInProgress.unlock();
        }
        if (connection.getWaitingPackets().isEmpty()) {
            leaveRestToTigase(connection);
        } else {
            flush(connection);
        }
    }

    /** Writes what waits for it. */
    static void flush(XMPPIOService<?> connection) {
        do {
            connection.writeInProgress.lock();
            try {
                connection.processWaitingPackets();
            } catch (IOException | RuntimeException e) {
                connection.forceStop();
                return;
            } finally {
                connection.writeInProgress.unlock();
            }
        } while (!connection.getWaitingPackets().isEmpty()); // another thread may just have failed to get the lock
        leaveRestToTigase(connection);
    }

    private static void leaveRestToTigase(XMPPIOService<?> connection) {
        if (connection.waitingToSend()) {
            SocketThread.addSocketService(connection);
            writeRestLater(connection);
        }
    }

    /**
     * A safety net: a socket thread that makes its selector anew can miss that a connection waits to be written, and forgets it until something
     * else is written there; but nothing is, because the client is behind.
     */
    private static void writeRestLater(XMPPIOService<?> connection) {
        if (SLOW.add(connection)) {
            CompletableFuture.delayedExecutor(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        SLOW.remove(connection); // before the look: what is written after it adds it again
                        if (connection.isConnected() && connection.waitingToSend()) {
                            writeRest(connection);
                            writeRestLater(connection);
                        }
                    });
        }
    }

    private static void writeRest(XMPPIOService<?> connection) {
        try {
            connection.writeRawData(null);
        } catch (IOException e) {
            connection.forceStop();
        }
    }

    /**
     * Writes {@code answer}, whose text is {@code text}. If this thread is reading from that connection, it writes the answers to all that it
     * has read together.
     */
    public static void answer(XMPPIOService<?> connection, XmlElement answer, String text, PacketMaker packets) {
        if (!DirectRequests.isReading(connection)) {
            write(connection, packets.make(ElementConverter.written(answer, text)));
            return;
        }
        Answers earlier = ANSWERS.get();
        if (earlier == null || earlier.connection != connection || !earlier.element.grow(text)) {
            GrowingElement element = ElementConverter.growing(answer, text, MOST_BYTES);
            ANSWERS.set(new Answers(connection, element));
            connection.addPacketToSend(packets.make(element));
        }
    }
}
