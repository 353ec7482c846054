// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.devstate.bench.load.Address;
import org.devstate.bench.load.EventLoop;
import org.devstate.bench.load.NullServer;
import org.devstate.testbed.Await;
import org.devstate.testbed.Certificates;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.XmppServer;

/** The generator's own null test: a server that does next to nothing. */
public final class NullContestant implements Contestant {

    private final ServerProcess process;
    private final int port;

    private NullContestant(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    public static NullContestant start(Path folder) {
        int port = freePort();
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve("server.p12"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Certificates.selfSigned(folder, XmppServer.DOMAIN);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                NullServer.class.getName(),
                Integer.toString(port),
                folder.toAbsolutePath().toString());
        ServerProcess process =
                ServerProcess.start(Path.of("").toAbsolutePath(), folder.resolve("null.log"), Map.of(), command);
        Await.until("the null server listens", Duration.ofSeconds(20), () -> process.output()
                .contains("listening"));
        return new NullContestant(process, port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String title() {
        return "null server";
    }

    @Override
    public Address address() {
        return new Address("127.0.0.1", port, XmppServer.DOMAIN, "pubsub." + XmppServer.DOMAIN);
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void prepare(EventLoop loop, List<String> users) {
        // It lets everybody in.
    }

    @Override
    public void close() {
        process.close();
    }
}
