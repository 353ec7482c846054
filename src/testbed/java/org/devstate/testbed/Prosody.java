package org.devstate.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Prosody with the component beside it. */
public final class Prosody implements XmppServer {

    /** The secret that the component shares with Prosody. */
    public static final String SECRET = "component-secret";

    private static final String SERVICE = "devstate." + DOMAIN;

    private static final String ADMINISTRATORS = "\"" + ADMINISTRATOR + "\", \"" + SERVICE + "\"";

    private final Path bin;
    private final Path folder;
    private final int clientPort;
    private final int componentPort;
    private final Path componentJar;
    private final HostSetup setup;
    private String administrators = ADMINISTRATORS;
    private Place place = Place.HERE;
    private ServerProcess process;
    private ComponentProcess component;

    private Prosody(Path bin, Path folder, Path componentJar, HostSetup setup) {
        this.bin = bin;
        this.folder = folder;
        this.clientPort = Folders.freePort();
        this.componentPort = Folders.freePort();
        this.componentJar = componentJar;
        this.setup = setup;
        Folders.make(folder.resolve("data"));
        ServerProcess.run(folder, Map.of(), List.of("bash", "-c", ReadmeLines.prosodyCertificate(folder)));
        this.process = launch();
        this.component = launchComponent();
    }

    /** Starts Prosody and {@code componentJar} in {@code folder}; ready for clients when it returns. */
    public static Prosody start(Testbed testbed, Path folder, Path componentJar) {
        return start(testbed, folder, componentJar, HostSetup.USUAL);
    }

    /** The same, configured so. */
    public static Prosody start(Testbed testbed, Path folder, Path componentJar, HostSetup setup) {
        Folders.delete(folder);
        return new Prosody(testbed.server("prosody").resolve("bin"), folder, componentJar, setup);
    }

    @Override
    public void restart(Runnable meanwhile) {
        process.close();
        meanwhile.run();
        process = launch();
    }

    @Override
    public void restartService() {
        restartService(() -> {});
    }

    @Override
    public void restartService(Runnable meanwhile) {
        component.close();
        meanwhile.run();
        component = launchComponent();
    }

    /** Whether the component is among the administrators of the server, and so may end sessions; from the next start on. */
    public void letComponentEndSessions(boolean allowed) {
        administrators = allowed ? ADMINISTRATORS : "\"" + ADMINISTRATOR + "\"";
    }

    @Override
    public List<Part> parts() {
        return List.of(serverPart(), componentPart());
    }

    private Part serverPart() {
        return new Part("XMPP server", () -> process.kill(), () -> process = launch());
    }

    private Part componentPart() {
        return new Part("component", () -> component.kill(), () -> component = launchComponent());
    }

    @Override
    public void moveTo(Place place) {
        close();
        this.place = place;
        process = launch();
        component = launchComponent();
    }

    /** Whether its process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process id, without the component's. */
    public long pid() {
        return process.pid();
    }

    /** The loopback port on which it takes components. */
    public int componentPort() {
        return componentPort;
    }

    /** The component beside it. */
    public ComponentProcess component() {
        return component;
    }

    @Override
    public void addAccount(String user) {
        ServerProcess.run(
                folder,
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
    public int clientPort() {
        return clientPort;
    }

    @Override
    public Path certificate() {
        return folder.resolve(DOMAIN + ".crt");
    }

    @Override
    public String service() {
        return SERVICE;
    }

    @Override
    public String title() {
        return "Prosody";
    }

    @Override
    public void close() {
        component.close();
        process.close();
    }

    private Path config() {
        return folder.resolve("prosody.cfg.lua");
    }

    private void configure() {
        Folders.write(
                config(),
                """
                pidfile = "%1$s/prosody.pid"
                data_path = "%1$s/data"
                log = { { levels = { min = "info" }, to = "file", filename = "%1$s/prosody.log" } }
                interfaces = { "%7$s" }
                c2s_ports = { %2$d }
                legacy_ssl_ports = {}
                s2s_ports = {}
                component_ports = { %3$d }
                component_interface = "127.0.0.1"
                admins = { %8$s }
                modules_enabled = {
                  "roster", "saslauth", "tls", "disco", "presence", "message", "iq", "c2s", "limits", "adhoc", "admin_adhoc"
                }
                %9$s
                modules_disabled = { "s2s", "offline" }
                authentication = "internal_hashed"
                c2s_require_encryption = true
                network_settings = { read_timeout = 10 }
                allow_registration = false
                certificates = "%1$s"
                run_as_root = true
                VirtualHost "%4$s"
                Component "%5$s"
                  component_secret = "%6$s"
                """
                        .formatted(
                                folder,
                                clientPort,
                                componentPort,
                                DOMAIN,
                                SERVICE,
                                SECRET,
                                place.listensAt(),
                                administrators,
                                ReadmeLines.prosodySettings()));
    }

    private ServerProcess launch() {
        configure();
        Folders.delete(log());
        List<String> command = List.of(bin.resolve("prosody").toString(), "--config", config().toString(), "-F");
        ServerProcess started = ServerProcess.start(folder, folder.resolve("console.log"), Map.of(), place.in(command));
        try {
            Await.until("Prosody is up; see " + folder, Duration.ofSeconds(20), () -> isUp(started));
        } catch (AssertionError e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** Reads its log, because it may run in another network than this process. */
    private boolean isUp(ServerProcess started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("Prosody ended at its start: " + started.output());
        }
        String log = Files.exists(log()) ? Folders.read(log(), 0) : "";
        return log.contains("Activated service 'c2s'") && log.contains("Activated service 'component'");
    }

    private ComponentProcess launchComponent() {
        try {
            return ComponentProcess.start(
                    place, componentJar, folder, componentPort, SERVICE, SECRET, clientPort, setup);
        } catch (AssertionError | IllegalStateException e) {
            process.close();
            throw e;
        }
    }

    private Path log() {
        return folder.resolve("prosody.log");
    }
}
