// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real Prosody with its own PubSub and nothing of ours, open to accounts named so that they are its administrators. */
public final class ProsodyPubSub implements AutoCloseable {

    /** The address of its PubSub service. */
    public static final String SERVICE = "pubsub." + XmppServer.DOMAIN;

    private final Path folder;
    private final int clientPort = Folders.freePort();
    private final ServerProcess process;

    private ProsodyPubSub(Path bin, Path folder, List<String> users) {
        this.folder = folder;
        Folders.make(folder.resolve("data"));
        Certificates.selfSigned(folder, XmppServer.DOMAIN);
        Path config = folder.resolve("prosody.cfg.lua");
        Folders.write(config, configuration(users));
        List<String> command = List.of(bin.resolve("prosody").toString(), "--config", config.toString(), "-F");
        process = ServerProcess.start(folder, folder.resolve("console.log"), Map.of(), command);
        try {
            Await.until("Prosody is up; see " + folder, Duration.ofSeconds(20), this::isUp);
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** Starts it in {@code folder}, with those users as administrators; ready for clients when it returns. */
    public static ProsodyPubSub start(Testbed testbed, Path folder, List<String> users) {
        Folders.delete(folder);
        return new ProsodyPubSub(testbed.server("prosody").resolve("bin"), folder, users);
    }

    /** The loopback port on which it takes clients. */
    public int clientPort() {
        return clientPort;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    private boolean isUp() {
        Path log = folder.resolve("prosody.log");
        if (!process.isAlive()) {
            throw new IllegalStateException("Prosody ended at its start: " + process.output());
        }
        return Files.exists(log) && Folders.read(log, 0).contains("Activated service 'c2s'");
    }

    private String configuration(List<String> users) {
        String admins = users.stream()
                .map(user -> "\"" + user + "@" + XmppServer.DOMAIN + "\"")
                .collect(Collectors.joining(", "));
        return """
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                log = { { levels = { min = "info" }, to = "file", filename = "%1$s/prosody.log" } }
                interfaces = { "127.0.0.1" }
                c2s_ports = { %2$d }
                legacy_ssl_ports = {}
                s2s_ports = {}
                component_ports = {}
                admins = { %3$s }
                modules_enabled = { "roster", "saslauth", "tls", "disco", "presence", "message", "iq", "c2s" }
                modules_disabled = { "s2s", "offline" }
                authentication = "internal_hashed"
                c2s_require_encryption = true
                allow_registration = false
                certificates = "%1$s"
                run_as_root = true
                VirtualHost "%4$s"
                  ssl = { certificate = "%1$s/cert.pem", key = "%1$s/key.pem" }
                Component "%5$s" "pubsub"
                  admins = { %3$s }
                  autocreate_on_publish = true
                  autocreate_on_subscribe = true
                """
                .formatted(folder, clientPort, admins, XmppServer.DOMAIN, SERVICE);
    }

    @Override
    public void close() {
        process.close();
    }
}
