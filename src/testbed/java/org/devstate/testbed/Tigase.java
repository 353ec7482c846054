// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Tigase, in a copy of the installation. With the plugin, it was installed by the guide's lines from the built archive; on an
 * embedded Derby database by default.
 */
public final class Tigase implements XmppServer {

    private static final Duration START = Duration.ofSeconds(90);

    /** The options of Tigase's own scripts, and those of {@code devstate.tigaseJvm}. */
    private static final List<String> JVM = jvm();

    private final Path folder;
    private final int clientPort;
    private final List<String> jvm;
    private Place place;
    private ServerProcess process;

    private Tigase(Path folder, int clientPort) {
        this(folder, clientPort, List.of());
    }

    private Tigase(Path folder, int clientPort, List<String> jvm) {
        this(folder, clientPort, jvm, Place.HERE);
    }

    private Tigase(Path folder, int clientPort, List<String> jvm, Place place) {
        this.folder = folder;
        this.clientPort = clientPort;
        this.jvm = jvm;
        this.place = place;
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

    /** Makes {@code folder} a copy of {@code home} with the plugin installed, and starts it; ready for clients when it returns. */
    public static Tigase start(Path home, Path folder) {
        return start(home, folder, HostSetup.USUAL);
    }

    /** The same, with a heap of so many megabytes. */
    public static Tigase startWithHeap(int megabytes, Path home, Path folder) {
        int port = Folders.freePort();
        TigaseFolder.makeInstalled(home, folder, port, HostSetup.USUAL, HostSetup.USUAL.inTdsl() + "\n");
        return new Tigase(folder, port, List.of("-Xmx" + megabytes + "m"));
    }

    /** The same, configured so. */
    public static Tigase start(Path home, Path folder, HostSetup setup) {
        return start(home, folder, setup, () -> {});
    }

    /** The same, with another version of the plugin. */
    public static Tigase startWithPlugin(Path jar, Path home, Path folder, HostSetup setup) {
        return start(home, folder, setup, () -> NodeFolder.usePlugin(folder, jar));
    }

    /** The same, once something has been done to that copy. */
    public static Tigase start(Path home, Path folder, HostSetup setup, Runnable change) {
        int port = Folders.freePort();
        String settings = setup.inTdsl() + "\n" + String.join("\n", setup.limitsAs("'%s' = %d")) + "\n";
        TigaseFolder.makeInstalled(home, folder, port, setup, settings);
        change.run();
        return new Tigase(folder, port);
    }

    /** The same, in a federation. */
    public static Tigase start(Path home, Path folder, Federation federation) {
        int port = Folders.freePort();
        TigaseFolder.makeInstalled(home, folder, port, HostSetup.USUAL, HostSetup.USUAL.inTdsl() + "\n");
        TigaseFolder.federate(folder, federation.home().federatesAt());
        return new Tigase(folder, port, List.of(), federation.home());
    }

    /** The same, which ends each session that does not answer its XMPP pings, within seconds. */
    public static Tigase startPinging(Path home, Path folder) {
        return start(home, folder, HostSetup.USUAL, () -> TigaseFolder.ping(folder));
    }

    /**
     * Makes {@code folder} a copy with the plugin, to be the node of a cluster in that place.
     *
     * @param name the host name of the node, which the other nodes know
     * @param setup with the address of a database that this JVM reaches; its tables are made there
     * @param database the address at which the node reaches the same database
     */
    public static void makeNode(Path home, Path folder, String name, HostSetup setup, String database) {
        NodeFolder.make(home, folder, name, setup, database);
    }

    /**
     * Makes {@code folder} a node of that name, otherwise as the node in {@code from}. With {@code -Ddevstate.otherPlugin=JAR} it has that
     * version of the plugin.
     */
    public static void copyNode(Path from, Path folder, String name) {
        NodeFolder.copy(from, folder, name);
        String otherPlugin = System.getProperty("devstate.otherPlugin", "");
        if (!otherPlugin.isEmpty()) {
            NodeFolder.usePlugin(folder, Path.of(otherPlugin));
        }
    }

    /** Starts the node of that name in {@code folder}, there. It has joined when it takes clients; see {@link #awaitClients}. */
    public static Tigase startNode(Path folder, String name, Place place) {
        return new Tigase(folder, NodeFolder.PORT, named(name), place);
    }

    /** Waits until it takes clients: a node of a cluster does some 20 s after its start, once it sees the other nodes. */
    public Duration awaitClients() {
        return Await.until("Tigase takes clients; see " + folder + "/logs", START, () -> XmppClient.canConnect(this));
    }

    /** By the name of this machine, Tigase would take itself for localhost, which it rejects in a cluster. */
    private static List<String> named(String name) {
        return List.of("-Dtigase-primary-address=" + name, "-Dtigase-secondary-address=" + name);
    }

    /** Starts a copy with Tigase's own PubSub, without the plugin and without its jar. */
    public static Tigase startStock(Path home, Path folder) {
        return startAfter(home, folder, () -> TigaseFolder.makeTables(folder));
    }

    /** The same, with the queue sizes and the throttle of the plugin's lines. */
    public static Tigase startStockForLoad(Path home, Path folder) {
        return startAfter(home, folder, () -> {
            TigaseFolder.giveRoom(folder);
            TigaseFolder.makeTables(folder);
        });
    }

    /** Makes {@code folder} a copy that is as its set-up leaves it, but for the tables; nothing is started. */
    public static void copy(Path home, Path folder) {
        TigaseFolder.makePristine(home, folder, TigaseFolder.DERBY);
    }

    /** Has something done to a copy that is as its set-up leaves it, but for the tables, and starts it. */
    public static Tigase startAfter(Path home, Path folder, Runnable change) {
        int port = Folders.freePort();
        TigaseFolder.makePristine(home, folder, TigaseFolder.DERBY);
        change.run();
        TigaseFolder.listenOn(folder, port);
        return new Tigase(folder, port);
    }

    /** Starts a copy with the plugin, whose bean pubsub has those {@code settings}, and waits for its end. */
    public static ServerProcess startToEnd(Path home, Path folder, String settings) {
        TigaseFolder.makeInstalled(home, folder, Folders.freePort(), HostSetup.USUAL, settings);
        ServerProcess process = run(folder, Place.HERE, List.of());
        try (process) {
            Await.until("Tigase has ended", START, () -> !process.isAlive());
        }
        return process;
    }

    /** Makes {@code folder} a copy that is as its set-up leaves it, but for the tables and the certificate; returns its port for clients. */
    public static int prepare(Path home, Path folder) {
        int port = Folders.freePort();
        TigaseFolder.makePristine(home, folder, TigaseFolder.DERBY);
        TigaseFolder.listenOn(folder, port);
        Folders.delete(folder.resolve("certs/" + DOMAIN + ".pem"));
        return port;
    }

    /** Starts such a copy after something else has set it up; ready for clients when it returns. */
    public static Tigase startPrepared(Path folder, int port) {
        return new Tigase(folder, port);
    }

    private static ServerProcess run(Path folder, Place place, List<String> jvm) {
        List<String> java = new ArrayList<>(java("tigase.server.XMPPServer"));
        java.addAll(1 + JVM.size(), jvm); // the last value of an option counts
        return ServerProcess.start(folder, folder.resolve("logs/console.log"), Map.of(), place.in(java));
    }

    private ServerProcess launch() {
        ServerProcess started = run(folder, place, jvm);
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

    /** Whether its process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public List<Part> parts() {
        return List.of(new Part("XMPP server", () -> process.kill(), () -> process = launch()));
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Its output since its last start. */
    public String output() {
        return process.output();
    }

    /** The log of the plugin since its first start. */
    public String log() {
        return Folders.read(folder.resolve("logs/tigase.log.0"), 0);
    }

    @Override
    public void addAccount(String user) {
        XmppClient.register(this, user);
    }

    private boolean hasPlugin() {
        try (Stream<Path> jars = Files.list(folder.resolve("jars"))) {
            return jars.anyMatch(jar -> jar.getFileName().toString().startsWith("tigase-devstate"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int clientPort() {
        return clientPort;
    }

    @Override
    public String clientHost() {
        return place.reachedAt();
    }

    @Override
    public boolean breaksTls() {
        return !hasPlugin();
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
        restart(() -> {
            TigaseFolder.change(
                    folder, "ifc = [ '" + place.listensAt() + "' ]", "ifc = [ '" + newPlace.listensAt() + "' ]");
            place = newPlace;
        });
    }

    private static List<String> jvm() {
        List<String> options = new ArrayList<>(List.of("-Xmx512m", "-Xss228k", "-Dfile.encoding=UTF-8"));
        String more = System.getProperty("devstate.tigaseJvm", "");
        if (!more.isEmpty()) {
            options.addAll(List.of(more.split(" ")));
        }
        return options;
    }

    static List<String> java(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", "jars/*", mainClass));
        command.addAll(List.of(arguments));
        return command;
    }
}
