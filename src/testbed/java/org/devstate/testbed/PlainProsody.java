package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Prosody as Debian installs it, but for its ports and folders: with no domain of accounts, no certificate and no component. */
public final class PlainProsody implements XmppServer {

    private static final Duration START = Duration.ofSeconds(20);

    private final Path bin;
    private final Path folder;
    private final int clientPort = Folders.freePort();
    private final int componentPort = Folders.freePort();
    private @Nullable ServerProcess process;

    /** Writes its configuration; it is not started. */
    public PlainProsody(Testbed testbed, Path folder) {
        this.bin = testbed.server("prosody").resolve("bin");
        this.folder = folder.toAbsolutePath();
        Folders.delete(this.folder);
        Folders.make(configFolder().resolve("conf.d"), configFolder().resolve("certs"), this.folder.resolve("data"));
        Folders.write(
                configFolder().resolve("prosody.cfg.lua"),
                """
                -- Prosody Example Configuration File
                admins = { }
                modules_enabled = {
                    "disco"; -- Service discovery
                    "roster"; -- Allow users to have a roster. Recommended ;)
                    "saslauth"; "tls"; "blocklist"; "carbons"; "limits"; "pep"; "private"; "smacks"; "ping"; "register";
                    --"bosh"; -- Enable BOSH clients
                    "admin_adhoc"; "posix";
                }
                modules_disabled = { "s2s" }
                pidfile = "%1$s/prosody.pid";
                limits = {
                    c2s = {
                        rate = "10kb/s";
                    };
                    s2sin = {
                        rate = "30kb/s";
                    };
                }
                authentication = "internal_hashed"
                log = { info = "%1$s/prosody.log"; }
                certificates = "certs"
                -- for the test:
                data_path = "%1$s/data"
                run_as_root = true
                interfaces = { "127.0.0.1" }
                c2s_ports = { %2$d }
                component_ports = { %3$d }
                VirtualHost "localhost"
                Include "conf.d/*.cfg.lua"
                """
                        .formatted(this.folder, clientPort, componentPort));
    }

    /** The folder of its configuration. */
    public Path configFolder() {
        return folder.resolve("etc");
    }

    /** Its command for administrators. */
    public Path prosodyctl() {
        return bin.resolve("prosodyctl");
    }

    /** The port on which it accepts components. */
    public int componentPort() {
        return componentPort;
    }

    /** Starts it; it takes clients and components when this returns. */
    public void start() {
        ServerProcess started = ServerProcess.start(
                folder,
                folder.resolve("console.log"),
                Map.of("HOME", folder.toString()),
                List.of(
                        bin.resolve("prosody").toString(),
                        "--config",
                        configFolder().resolve("prosody.cfg.lua").toString(),
                        "-F"));
        process = started;
        Path log = folder.resolve("prosody.log");
        Await.until("Prosody is up; see " + folder, START, () -> {
            String lines = Files.exists(log) ? Folders.read(log, 0) : "";
            return started.isAlive()
                    && lines.contains("Activated service 'c2s'")
                    && lines.contains("Activated service 'component'");
        });
    }

    /** Starts the component with that configuration; it is connected when this returns. */
    public ServerProcess startComponent(Path jar, Path config) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ServerProcess component = ServerProcess.start(
                folder,
                folder.resolve("component.log"),
                Map.of(),
                List.of(java.toString(), "-Xmx256m", "-jar", jar.toString(), "--config", config.toString()));
        Await.until("the component is connected; see " + folder, START, () -> component
                .output()
                .contains("Connected to"));
        return component;
    }

    @Override
    public void addAccount(String user) {
        throw new UnsupportedOperationException("accounts are made by the set-up");
    }

    @Override
    public int clientPort() {
        return clientPort;
    }

    @Override
    public Path certificate() {
        return configFolder().resolve("certs/" + DOMAIN + ".crt");
    }

    @Override
    public String service() {
        return ServerWithComponent.SERVICE;
    }

    @Override
    public void restart(Runnable meanwhile) {
        close();
        meanwhile.run();
        start();
    }

    @Override
    public void restartService() {
        throw new UnsupportedOperationException("the component is started by the test");
    }

    @Override
    public void moveTo(Place place) {
        throw new UnsupportedOperationException("it stays here");
    }

    @Override
    public String title() {
        return "Prosody as Debian installs it";
    }

    @Override
    public void close() {
        ServerProcess running = process;
        if (running != null) {
            running.close();
        }
    }
}
