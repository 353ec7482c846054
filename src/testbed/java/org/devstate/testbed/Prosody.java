// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Prosody with the component beside it. */
public final class Prosody extends ServerWithComponent {

    private static final String ADMINISTRATORS = "\"" + ADMINISTRATOR + "\", \"" + SERVICE + "\"";

    /**
     * What the community's module pinger does, which Debian does not have: a session that does not answer a ping (XEP-0199) is ended.
     */
    private static final String PINGER =
            """
            local stanzas = require "util.stanza";
            local timers = require "util.timer";
            local function ping(session)
                if session.type ~= "c2s" then return end
                session.answered = false;
                session.send(stanzas.iq({ type = "get", id = "pinger", from = session.host, to = session.full_jid })
                    :tag("ping", { xmlns = "urn:xmpp:ping" }));
                timers.add_task(2, function ()
                    if session.type == "c2s" and not session.answered then
                        session:close({ condition = "connection-timeout", text = "ping timeout" });
                    end
                end);
            end
            local function answered(event)
                if event.stanza.attr.id == "pinger" then
                    event.origin.answered = true;
                    return true;
                end
            end
            module:hook("resource-bind", function (event) timers.add_task(4, function () ping(event.session) end) end);
            module:hook("iq-result/host/pinger", answered);
            module:hook("iq-error/host/pinger", answered);
            """;

    private final Path bin;
    private String administrators = ADMINISTRATORS;
    private String settings = GuideLines.prosodySettings();
    private String furtherComponent = "";
    private String furtherModule = "";

    private Prosody(Path bin, Path folder, Path componentJar, HostSetup setup) {
        super(folder, componentJar, setup);
        this.bin = bin;
        ServerProcess.run(folder, Map.of(), List.of("bash", "-c", GuideLines.prosodyCertificate(folder)));
    }

    /** Starts Prosody and {@code componentJar} in {@code folder}; ready for clients when it returns. */
    public static Prosody start(Testbed testbed, Path folder, Path componentJar) {
        return start(testbed, folder, componentJar, HostSetup.USUAL);
    }

    /** The same, configured so. */
    public static Prosody start(Testbed testbed, Path folder, Path componentJar, HostSetup setup) {
        Folders.delete(folder);
        Prosody prosody = new Prosody(testbed.server("prosody").resolve("bin"), folder, componentJar, setup);
        prosody.startBoth();
        return prosody;
    }

    /** The same, in a federation. */
    public static Prosody start(Testbed testbed, Path folder, Path componentJar, Federation federation) {
        Folders.delete(folder);
        Prosody prosody = new Prosody(testbed.server("prosody").resolve("bin"), folder, componentJar, HostSetup.USUAL);
        prosody.moveTo(federation.home());
        return prosody;
    }

    /** Starts it so that it ends each session that does not answer its pings, within seconds. */
    public static Prosody startPinging(Testbed testbed, Path folder, Path componentJar) {
        Folders.delete(folder);
        Prosody prosody = new Prosody(testbed.server("prosody").resolve("bin"), folder, componentJar, HostSetup.USUAL);
        Path plugins = folder.toAbsolutePath().resolve("plugins");
        Folders.make(plugins);
        Folders.write(plugins.resolve("mod_pinger.lua"), PINGER);
        prosody.settings += "plugin_paths = { \"" + plugins + "\" }\n";
        prosody.furtherModule = ", \"pinger\"";
        prosody.startBoth();
        return prosody;
    }

    /** Whether the component is among the administrators of the server, and so may end sessions; from the next start on. */
    public void letComponentEndSessions(boolean allowed) {
        administrators = allowed ? ADMINISTRATORS : "\"" + ADMINISTRATOR + "\"";
    }

    /** Sets that line for {@code limits} in the place of the guide's; from the next start on. */
    public void replaceClientLimits(String line) {
        settings = GuideLines.prosodySettings().replaceFirst("(?m)^limits .*$", line);
    }

    /** Takes another external component, with the same secret; from the next start on. */
    public void addComponent(String address) {
        furtherComponent = "Component \"%s\"%n  component_secret = \"%s\"".formatted(address, SECRET);
    }

    @Override
    public void addAccount(String user) {
        ServerProcess.run(
                folder(),
                Map.of(),
                List.of(
                        bin.resolve("prosodyctl").toString(),
                        "--config",
                        config().toString(),
                        "register",
                        user,
                        DOMAIN,
                        user));
    }

    @Override
    public Path certificate() {
        return folder().resolve(DOMAIN + ".crt");
    }

    @Override
    public String title() {
        return "Prosody";
    }

    private Path config() {
        return folder().resolve("prosody.cfg.lua");
    }

    @Override
    List<String> configure() {
        Folders.delete(log());
        Folders.write(
                config(),
                """
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                log = { { levels = { min = "info" }, to = "file", filename = "%1$s/prosody.log" } }
                interfaces = { "%7$s" }
                c2s_ports = { %2$d }
                legacy_ssl_ports = {}
                %10$s
                component_ports = { %3$d }
                component_interface = "127.0.0.1"
                admins = { %8$s }
                modules_enabled = {
                  "roster", "saslauth", "tls", "disco", "presence", "message", "iq", "c2s", "limits", "adhoc", "admin_adhoc"%11$s%14$s
                }
                %9$s
                modules_disabled = { %12$s"offline" }
                authentication = "internal_hashed"
                c2s_require_encryption = true
                network_settings = { read_timeout = 10 }
                allow_registration = false
                certificates = "%1$s"
                run_as_root = true
                VirtualHost "%4$s"
                Component "%5$s"
                  component_secret = "%6$s"
                %13$s
                """
                        .formatted(
                                folder(),
                                clientPort(),
                                componentPort(),
                                DOMAIN,
                                SERVICE,
                                SECRET,
                                place().listensAt(),
                                administrators,
                                settings,
                                Federation.prosodySettings(place()),
                                place().federatesAt().isEmpty() ? "" : ", \"s2s\", \"dialback\"",
                                place().federatesAt().isEmpty() ? "\"s2s\", " : "",
                                furtherComponent,
                                furtherModule));
        return List.of(bin.resolve("prosody").toString(), "--config", config().toString(), "-F");
    }

    @Override
    Duration startLimit() {
        return Duration.ofSeconds(20);
    }

    @Override
    boolean isUp(ServerProcess started) {
        String log = Files.exists(log()) ? Folders.read(log(), 0) : "";
        return log.contains("Activated service 'c2s'") && log.contains("Activated service 'component'");
    }

    private Path log() {
        return folder().resolve("prosody.log");
    }
}
