// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is clear at first, and TLS from the moment that both sides have agreed on. Each stanza is a record of its own, as
 * Asterisk sends it, but records that are sent in one go share a packet. Reading belongs to the loop's thread; sending is thread-safe.
 */
final class TlsChannel {

    private static final int ROOM = 1 << 15;

    /** More than a record can hold. */
    private static final int RECORD = 20_000;

    private static final int READS_AT_ONCE = 8;

    private final SocketChannel channel;
    private final SelectionKey key;

    /** Takes the bytes that were read, as far as it can use them. */
    private final Consumer<ByteBuffer> reader;

    private ByteBuffer received = ByteBuffer.allocate(ROOM);
    private ByteBuffer clear = ByteBuffer.allocate(ROOM);
    private ByteBuffer toSend = ByteBuffer.allocate(ROOM);
    private volatile @Nullable SSLEngine engine;
    private Runnable onSecured = () -> {};
    private int longestRecord;

    TlsChannel(SocketChannel channel, SelectionKey key, Consumer<ByteBuffer> reader) {
        this.channel = channel;
        this.key = key;
        this.reader = reader;
    }

    /** From here on it is TLS; {@code secured} is called when the handshake is done. */
    void secure(SSLEngine tls, Runnable secured) throws IOException {
        tls.beginHandshake();
        onSecured = secured;
        engine = tls;
        shakeHands(tls, tls.getHandshakeStatus());
        flush();
    }

    /** Adds bytes to send. */
    synchronized void add(byte[] bytes) throws IOException {
        SSLEngine tls = engine;
        if (tls == null) {
            need(bytes.length);
            toSend.put(bytes);
        } else {
            ByteBuffer source = ByteBuffer.wrap(bytes);
            while (source.hasRemaining()) {
                need(tls.getSession().getPacketBufferSize());
                tls.wrap(source, toSend);
            }
        }
    }

    /** Sends the added bytes, and those that the network does not take yet as soon as it does. */
    synchronized void flush() throws IOException {
        toSend.flip();
        channel.write(toSend);
        toSend.compact();
        int wanted = toSend.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
            key.selector().wakeup();
        }
    }

    /** Reads the available bytes, up to a limit, so that no other session waits long. */
    void read() throws IOException {
        for (int i = 0; i < READS_AT_ONCE; i++) {
            SSLEngine tls = engine;
            ByteBuffer into = tls == null ? clear : received;
            int count = channel.read(into);
            if (count < 0) {
                throw new EOFException("closed by the other side");
            }
            if (count == 0) {
                return;
            }
            if (tls != null) {
                decrypt(tls);
            }
            hand();
        }
    }

    private void decrypt(SSLEngine tls) throws IOException {
        received.flip();
        while (received.hasRemaining()) {
            SSLEngineResult result = tls.unwrap(received, clear);
            longestRecord = Math.max(longestRecord, result.bytesProduced());
            shakeHands(tls, result.getHandshakeStatus());
            switch (result.getStatus()) {
                case BUFFER_OVERFLOW -> makeRoom();
                case CLOSED -> throw new EOFException("TLS was closed by the other side");
                default -> {}
            }
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                break;
            }
        }
        received.compact();
        flush();
    }

    private void shakeHands(SSLEngine tls, HandshakeStatus first) throws IOException {
        HandshakeStatus status = first;
        while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
            if (status == HandshakeStatus.NEED_TASK) {
                for (Runnable task = tls.getDelegatedTask(); task != null; task = tls.getDelegatedTask()) {
                    task.run();
                }
                status = tls.getHandshakeStatus();
            } else {
                status = wrapNothing(tls);
            }
        }
        if (status == HandshakeStatus.FINISHED) {
            Runnable secured = onSecured;
            onSecured = () -> {};
            secured.run();
        }
    }

    private synchronized HandshakeStatus wrapNothing(SSLEngine tls) throws IOException {
        need(tls.getSession().getPacketBufferSize());
        return tls.wrap(ByteBuffer.allocate(0), toSend).getHandshakeStatus();
    }

    private void hand() {
        clear.flip();
        reader.accept(clear);
        clear.compact();
    }

    private void makeRoom() {
        hand();
        if (clear.remaining() < RECORD) {
            clear = copy(clear, 2 * clear.capacity());
        }
    }

    private void need(int bytes) throws IOException {
        if (toSend.remaining() < bytes) {
            flush();
            while (toSend.remaining() < bytes) {
                toSend = copy(toSend, 2 * toSend.capacity());
            }
        }
    }

    private static ByteBuffer copy(ByteBuffer from, int capacity) {
        from.flip();
        return ByteBuffer.allocate(capacity).put(from);
    }

    /** Bytes of the longest record that has come. */
    int longestRecord() {
        return longestRecord;
    }

    void close() throws IOException {
        key.cancel();
        channel.close();
    }
}
