package org.devstate.testbed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A real Tigase with the plugin in it: a copy of the installation, on an embedded Derby database if not said otherwise. */
public final class Tigase implements XmppServer {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Path SCHEMA = Path.of("src", "main", "database");
    private static final String DERBY = "jdbc:derby:tigasedb;create=true";
    private static final List<String> JVM = List.of("-Xmx512m", "-Xss228k", "-Dfile.encoding=UTF-8");

    /** The plugin's bean, with its settings. */
    private static final String PLUGIN =
            """
            pubsub (class: org.devstate.tigase.DeviceStatePubSub, active: true) {
                'asterisk-server-host' = '127.0.0.1'
                'asterisk-server-port' = %d
                %s
            }
            """;

    private final Path folder;
    private final int clientPort;
    private Place place = Place.HERE;
    private ServerProcess process;

    private Tigase(Path folder, int clientPort) {
        this.folder = folder;
        this.clientPort = clientPort;
        this.process = launch();
    }

    /** The installation to copy: {@code TIGASE_HOME}, else the usual place if there is one. */
    public static Optional<Path> home() {
        String named = System.getenv("TIGASE_HOME");
        if (named != null && !named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        Path usual = Path.of("/opt/tigase-server");
        return Files.isDirectory(usual.resolve("jars")) ? Optional.of(usual) : Optional.empty();
    }

    /** Copies {@code home} into {@code folder}, adds {@code pluginJar}, and starts it; ready for clients when it returns. */
    public static Tigase start(Path home, Path folder, Path pluginJar) {
        return start(home, folder, pluginJar, HostSetup.USUAL);
    }

    /** The same, configured so. */
    public static Tigase start(Path home, Path folder, Path pluginJar, HostSetup setup) {
        int port = Folders.freePort();
        prepare(home, folder, pluginJar, port, setup, setup.inTdsl() + String.join("\n", setup.limitsAs("'%s' = %d")));
        return new Tigase(folder, port);
    }

    /** Copies {@code home} into {@code folder} and starts it with Tigase's own PubSub, without the plugin and without its jar. */
    public static Tigase startStock(Path home, Path folder) {
        int port = Folders.freePort();
        prepare(home, folder, null, port, HostSetup.USUAL, "");
        return new Tigase(folder, port);
    }

    /** Copies {@code home} into {@code folder}, without the plugin, has something done to that copy, and starts it. */
    public static Tigase startAfter(Path home, Path folder, Runnable change) {
        int port = Folders.freePort();
        prepare(home, folder, null, port, HostSetup.USUAL, "");
        change.run();
        return new Tigase(folder, port);
    }

    /** Starts a copy whose bean pubsub has those {@code settings}, and says how it ended. */
    public static ServerProcess startToEnd(Path home, Path folder, Path pluginJar, String settings) {
        prepare(home, folder, pluginJar, Folders.freePort(), HostSetup.USUAL, settings);
        ServerProcess process = run(folder, Place.HERE);
        try (process) {
            Await.until("Tigase has ended", START, () -> !process.isAlive());
        }
        return process;
    }

    private static void prepare(
            Path home, Path folder, @Nullable Path pluginJar, int port, HostSetup setup, String settings) {
        Folders.delete(folder);
        for (String part : List.of("jars", "etc", "database", "certs")) {
            if (Files.isDirectory(home.resolve(part))) {
                Folders.copy(home.resolve(part), folder.resolve(part));
            }
        }
        // The administrator's scripts take long to compile and are not used here.
        Folders.make(folder.resolve("scripts/admin"), folder.resolve("logs"), folder.resolve("data"));
        Folders.write(
                folder.resolve("etc/config.tdsl"),
                configuration(port, setup.database(), pluginJar == null ? null : settings));
        try {
            if (pluginJar != null) {
                Files.createSymbolicLink(folder.resolve("jars/tigase-devstate.jar"), pluginJar.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Certificates.selfSigned(folder, DOMAIN);
        Folders.write(
                folder.resolve("certs/" + DOMAIN + ".pem"),
                Folders.read(folder.resolve("cert.pem"), 0) + Folders.read(folder.resolve("key.pem"), 0));
        if (setup.tables()) {
            Folders.copy(SCHEMA, folder.resolve("database"));
            makeTables(folder);
        } else {
            assertThatThrownBy(() -> makeTables(folder)).hasMessageContaining("Device states of Asterisk");
        }
    }

    /** With Tigase's schema tool; where a file is missing, it makes all other tables, and fails. */
    private static void makeTables(Path folder) {
        ServerProcess.run(
                folder,
                Map.of(),
                java("tigase.db.util.SchemaManager", "upgrade-schema", "--config-file=etc/config.tdsl"));
    }

    private static ServerProcess run(Path folder, Place place) {
        List<String> command = place.in(java("tigase.server.XMPPServer"));
        return ServerProcess.start(folder, folder.resolve("logs/console.log"), Map.of(), command);
    }

    private ServerProcess launch() {
        ServerProcess started = run(folder, place);
        try {
            Await.until("Tigase is up; see " + folder + "/logs", START, () -> isUp(started));
        } catch (AssertionError e) {
            started.close();
            throw e;
        }
        return started;
    }

    private boolean isUp(ServerProcess started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("Tigase ended at its start; see " + folder + "/logs: " + started.output());
        }
        return started.output().contains("Server finished starting up");
    }

    @Override
    public void restart(Runnable meanwhile) {
        process.close();
        meanwhile.run();
        process = launch();
    }

    @Override
    public void restartService() {
        restart(() -> {});
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** What it has printed since its last start. */
    public String output() {
        return process.output();
    }

    /** What our part of it has logged since its first start. */
    public String log() {
        return Folders.read(folder.resolve("logs/tigase.log.0"), 0);
    }

    @Override
    public void addAccount(String user) {
        XmppClient.register(clientPort, user);
    }

    @Override
    public int clientPort() {
        return clientPort;
    }

    @Override
    public Path certificate() {
        return folder.resolve("cert.pem");
    }

    @Override
    public String service() {
        return "pubsub." + DOMAIN;
    }

    @Override
    public String title() {
        return "Tigase";
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public void moveTo(Place newPlace) {
        Path config = folder.resolve("etc/config.tdsl");
        restart(() -> {
            Folders.write(
                    config,
                    Folders.read(config, 0).replace("'" + place.listensAt() + "'", "'" + newPlace.listensAt() + "'"));
            place = newPlace;
        });
    }

    private static List<String> java(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", "jars/*", mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String configuration(int port, String database, @Nullable String settings) {
        String pubsub = settings == null ? "pubsub () {}" : PLUGIN.formatted(port, settings);
        String gate = settings == null ? "" : "'asterisk-gate' (active: true) {}";
        return """
                'config-type' = 'default'
                'max-queue-size' = 100000
                'default-virtual-host' = '%1$s'
                admins = [ 'admin@%1$s' ]

                dataSource () {
                    default () {
                        uri = '%4$s'
                    }
                }

                c2s () {
                    %5$s
                    'watchdog-delay' = 5000
                    'watchdog-timeout' = 10000
                    trafficThrottling = 'xmpp:400k:0:disc,bin:400m:0:disc'
                    connections () {
                        ports = [ %2$d ]
                        %2$d () {
                            ifc = [ '127.0.0.1' ]
                            socket = 'plain'
                            type = 'accept'
                        }
                    }
                }

                %3$s

                s2s (active: false) {}
                bosh (active: false) {}
                ws2s (active: false) {}
                monitor (active: false) {}
                'status-report-generator' (active: false) {}
                """
                .formatted(DOMAIN, port, pubsub, database.isEmpty() ? DERBY : database, gate);
    }
}
