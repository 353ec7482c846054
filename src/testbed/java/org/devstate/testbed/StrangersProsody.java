// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Prosody of another domain, with nothing of ours, from which accounts reach the service. */
public final class StrangersProsody implements AutoCloseable {

    private static final String DOMAIN = Federation.STRANGER;

    private final Path folder;
    private final Path bin;
    private final int clientPort = Folders.freePort();
    private final ServerProcess process;

    private StrangersProsody(Path bin, Path folder, Place place) {
        this.folder = folder;
        this.bin = bin;
        Folders.make(folder.resolve("data"));
        Certificates.selfSigned(folder, DOMAIN);
        Folders.write(config(), configuration(place));
        List<String> command =
                place.in(List.of(bin.resolve("prosody").toString(), "--config", config().toString(), "-F"));
        process = ServerProcess.start(folder, folder.resolve("console.log"), Map.of(), command);
        try {
            Await.until("Prosody is up; see " + folder, Duration.ofSeconds(20), this::isUp);
        } catch (AssertionError | IllegalStateException e) {
            process.close();
            throw e;
        }
    }

    /** Starts it in {@code folder}; ready for clients when it returns. */
    public static StrangersProsody start(Testbed testbed, Path folder, Federation federation) {
        Folders.delete(folder);
        return new StrangersProsody(testbed.server("prosody").resolve("bin"), folder, federation.stranger());
    }

    /** Makes an account, whose password is its name, and logs in. */
    public XmppClient login(String user, String resource) {
        String script = bin.resolve("prosodyctl").toString();
        ServerProcess.run(
                folder, Map.of(), List.of(script, "--config", config().toString(), "register", user, DOMAIN, user));
        return XmppClient.login(clientPort, DOMAIN, user, resource);
    }

    private Path config() {
        return folder.resolve("prosody.cfg.lua");
    }

    private boolean isUp() {
        Path log = folder.resolve("prosody.log");
        if (!process.isAlive()) {
            throw new IllegalStateException("Prosody ended at its start: " + process.output());
        }
        return Files.exists(log) && Folders.read(log, 0).contains("Activated service 'c2s'");
    }

    private String configuration(Place place) {
        return """
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                log = { { levels = { min = "info" }, to = "file", filename = "%1$s/prosody.log" } }
                interfaces = { "127.0.0.1" }
                c2s_ports = { %2$d }
                legacy_ssl_ports = {}
                %3$s
                component_ports = {}
                modules_enabled = { "saslauth", "tls", "dialback", "disco", "presence", "message", "iq", "c2s", "s2s" }
                modules_disabled = { "offline" }
                authentication = "internal_hashed"
                c2s_require_encryption = true
                allow_registration = false
                run_as_root = true
                VirtualHost "%4$s"
                  ssl = { certificate = "%1$s/cert.pem", key = "%1$s/key.pem" }
                """
                .formatted(folder, clientPort, Federation.prosodySettings(place), DOMAIN);
    }

    @Override
    public void close() {
        process.close();
    }
}
