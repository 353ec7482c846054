// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Two XMPP servers of different domains that find each other by DNS, each with an address of its own on the loopback interface. The name
 * server is in this process; only these two servers ask it. Needs root and unshare(1).
 */
public final class Federation implements AutoCloseable {

    /** The domain of the other server. */
    public static final String STRANGER = "stranger.example.org";

    /** The port on which XMPP servers take each other without a SRV record. */
    static final int PORT = 5269;

    private static final AtomicInteger NUMBERS = new AtomicInteger(77);
    private static final int DNS_PORT = 53;
    private static final int DNS_HEADER = 12;
    private static final short ADDRESS_RECORD = 1;

    private final InetAddress homeAddress = unusedAddress();
    private final InetAddress strangersAddress = unusedAddress();
    private final Path resolvConf;
    private final DatagramSocket socket;

    private Federation(Path folder) {
        InetAddress nameServer = unusedAddress();
        resolvConf = folder.resolve("resolv.conf").toAbsolutePath();
        Folders.write(resolvConf, "nameserver " + nameServer.getHostAddress() + "\n");
        try {
            socket = new DatagramSocket(new InetSocketAddress(nameServer, DNS_PORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::answerAll, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> whyNot() {
        try {
            ServerProcess.run(Path.of("/"), Map.of(), List.of("unshare", "--mount", "true"));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("mount namespaces need root and unshare: " + e.getMessage());
        }
    }

    /** Starts the name server, with a file in {@code folder}. */
    public static Federation open(Path folder) {
        return new Federation(folder);
    }

    /** The place of the server with the service. */
    public Place home() {
        return Place.withNames(resolvConf, homeAddress.getHostAddress());
    }

    /** The place of the other server. */
    Place stranger() {
        return Place.withNames(resolvConf, strangersAddress.getHostAddress());
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Prosody's settings for other servers. Their certificates are self-signed, so they prove their domains by dialback. */
    static String prosodySettings(Place place) {
        if (place.federatesAt().isEmpty()) {
            return "s2s_ports = {}";
        }
        return "s2s_ports = { %d }%ns2s_interfaces = { \"%s\" }%ns2s_secure_auth = false"
                .formatted(PORT, place.federatesAt());
    }

    /** Adds ejabberd's settings for other servers to {@code lines} of ejabberd.yml. */
    static String inEjabberd(Place place, String lines) {
        String listener =
                """
                listen:
                  -
                    port: %d
                    ip: "%s"
                    module: ejabberd_s2s_in
                """
                        .formatted(PORT, place.federatesAt());
        return "s2s_use_starttls: optional\n"
                + lines.replace("listen:\n", listener).replace("modules:\n", "modules:\n  mod_s2s_dialback: {}\n");
    }

    private static InetAddress unusedAddress() {
        long pid = ProcessHandle.current().pid();
        byte[] address = {127, (byte) NUMBERS.getAndIncrement(), (byte) (pid / 250 % 250), (byte) (1 + pid % 250)};
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // it has the right length
        }
    }

    private void answerAll() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket query = new DatagramPacket(buffer, buffer.length);
                socket.receive(query);
                byte[] answer = answer(ByteBuffer.wrap(buffer, 0, query.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            } catch (IOException e) {
                return; // it is closed
            }
        }
    }

    /** An address for each name in either domain; no other records (RFC 1035). */
    private byte[] answer(ByteBuffer query) {
        short id = query.getShort(0);
        String name = name(query.position(DNS_HEADER));
        InetAddress found = query.getShort() == ADDRESS_RECORD ? addressOf(name) : null;
        int end = query.position() + Short.BYTES;
        ByteBuffer answer = ByteBuffer.allocate(512);
        answer.putShort(id).putShort((short) 0x8180).putShort((short) 1).putShort((short) (found == null ? 0 : 1));
        answer.putInt(0).put(query.slice(DNS_HEADER, end - DNS_HEADER));
        if (found != null) {
            byte[] address = found.getAddress();
            answer.putShort((short) 0xC00C).putShort(ADDRESS_RECORD).putShort((short) 1);
            answer.putInt(60).putShort((short) address.length).put(address);
        }
        byte[] bytes = new byte[answer.position()];
        answer.get(0, bytes);
        return bytes;
    }

    private static String name(ByteBuffer query) {
        StringBuilder name = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append('.').append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    private @Nullable InetAddress addressOf(String name) {
        if (name.endsWith("." + XmppServer.DOMAIN)) {
            return homeAddress;
        }
        return name.endsWith("." + STRANGER) ? strangersAddress : null;
    }
}
