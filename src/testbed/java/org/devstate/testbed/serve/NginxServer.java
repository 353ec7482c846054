// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.Await;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;

/** A real nginx, on the loopback interface. */
public final class NginxServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(10);

    private static final String AROUND =
            """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events {}
            http {
                access_log access.log;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
            %s
            }
            """;

    private final ServerProcess process;
    private final int port;

    private NginxServer(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where it answers by HTTPS, with its certificate's name. */
    public String address() {
        return "https://localhost:" + port;
    }

    /**
     * Starts it with its files in {@code folder}. If it cannot be had here, the calling test is reported as skipped.
     *
     * @param server a block {@code server} of its configuration
     * @param port on which it answers then
     */
    public static NginxServer start(Testbed testbed, Path folder, String server, int port) {
        String program = testbed.server("nginx").resolve("bin/nginx").toString();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("nginx.conf"), AROUND.formatted(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = List.of(program, "-p", folder + "/", "-c", "nginx.conf", "-e", "stderr");
        NginxServer nginx =
                new NginxServer(ServerProcess.start(folder, folder.resolve("nginx.log"), Map.of(), command), port);
        try {
            Await.until("nginx answers; see " + folder, START, nginx::answers);
            return nginx;
        } catch (AssertionError | IllegalStateException e) {
            nginx.close();
            throw e;
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx ended: " + process.output());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
