// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Prosody as Debian installs it, but for its ports and folders: with no domain of accounts, no certificate and no component. */
public final class PlainProsody extends PlainServer {

    private final Path bin;
    private final int componentPort = Folders.freePort();

    /** Writes its configuration; it is not started. */
    public PlainProsody(Testbed testbed, Path folder) {
        super(folder);
        this.bin = testbed.server("prosody").resolve("bin");
        Folders.make(configFolder().resolve("conf.d"), configFolder().resolve("certs"), folder().resolve("data"));
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
                        .formatted(folder(), clientPort(), componentPort));
    }

    /** Its command for administrators. */
    public Path prosodyctl() {
        return bin.resolve("prosodyctl");
    }

    /** The port on which it accepts components. */
    public int componentPort() {
        return componentPort;
    }

    @Override
    List<String> command() {
        return List.of(
                bin.resolve("prosody").toString(),
                "--config",
                configFolder().resolve("prosody.cfg.lua").toString(),
                "-F");
    }

    @Override
    Duration startLimit() {
        return Duration.ofSeconds(20);
    }

    @Override
    boolean isUp(ServerProcess started) {
        Path log = folder().resolve("prosody.log");
        String lines = Files.exists(log) ? Folders.read(log, 0) : "";
        return lines.contains("Activated service 'c2s'") && lines.contains("Activated service 'component'");
    }

    @Override
    public Path certificate() {
        return configFolder().resolve("certs/" + DOMAIN + ".crt");
    }

    @Override
    public String title() {
        return "Prosody as Debian installs it";
    }
}
