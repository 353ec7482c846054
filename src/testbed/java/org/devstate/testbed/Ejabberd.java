package org.devstate.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A real ejabberd with the component beside it. */
public final class Ejabberd implements XmppServer {

    /** The secret that the component shares with ejabberd. */
    public static final String SECRET = "component-secret";

    private static final String SERVICE = "devstate." + DOMAIN;

    private final Path program;
    private final Path folder;
    private final int clientPort;
    private final int componentPort;
    private final int commandPort;
    private final Path componentJar;
    private final HostSetup setup;
    private final Variant variant;
    private final Set<String> unprotected = new HashSet<>();
    private Place place = Place.HERE;
    private ServerProcess process;
    private ComponentProcess component;

    /** The differences from the README's configuration. */
    public enum Variant {
        /** Not at all. */
        AS_README_SAYS,
        /** It lacks {@code mod_configure}, so that no account can be made from outside. */
        WITHOUT_ADMINISTRATION,
        /** It ends each session that does not answer its pings, within seconds. */
        ENDING_WHO_DOES_NOT_ANSWER_PINGS
    }

    private Ejabberd(Path program, Path folder, Path componentJar, HostSetup setup, Variant variant) {
        this.program = program;
        this.folder = folder;
        this.clientPort = Folders.freePort();
        this.componentPort = Folders.freePort();
        this.commandPort = Folders.freePort();
        this.componentJar = componentJar;
        this.setup = setup;
        this.variant = variant;
        Folders.make(folder.resolve("data"));
        Certificates.selfSigned(folder, DOMAIN);
        Folders.write(
                folder.resolve("server.pem"),
                Folders.read(folder.resolve("cert.pem"), 0) + Folders.read(folder.resolve("key.pem"), 0));
        this.process = launch();
        this.component = launchComponent();
    }

    /** Starts it as in the README, with {@code componentJar}. */
    public static Ejabberd start(Testbed testbed, Path folder, Path componentJar) {
        return start(testbed, folder, componentJar, HostSetup.USUAL, Variant.AS_README_SAYS);
    }

    /** Starts ejabberd and {@code componentJar} in {@code folder}; ready for clients when it returns. */
    public static Ejabberd start(Testbed testbed, Path folder, Path componentJar, HostSetup setup, Variant variant) {
        Path program = testbed.server("ejabberd").resolve("bin/ejabberd");
        Folders.delete(folder);
        return new Ejabberd(program, folder, componentJar, setup, variant);
    }

    @Override
    public void restart(Runnable meanwhile) {
        process.close();
        meanwhile.run();
        process = launch();
    }

    /** Ends ejabberd, as {@code kill -9} or in good order; {@link #startServer} starts it again. */
    public void stopServer(boolean kill) {
        if (kill) {
            process.kill();
        } else {
            process.close();
        }
    }

    /** Starts ejabberd again. */
    public void startServer() {
        process = launch();
    }

    @Override
    public void restartService() {
        component.close();
        component = launchComponent();
    }

    /** Ends the component, as {@code kill -9} or in good order; {@link #startComponent} starts it again. */
    public void stopComponent(boolean kill) {
        if (kill) {
            component.kill();
        } else {
            component.close();
        }
    }

    /** Starts the component again; connected when it returns. */
    public void startComponent() {
        component = launchComponent();
    }

    /** Starts the component again; it connects once ejabberd is there. */
    public void startComponentFirst() {
        component =
                ComponentProcess.launch(place, componentJar, folder, componentPort, SERVICE, SECRET, clientPort, setup);
    }

    @Override
    public void moveTo(Place place) {
        close();
        this.place = place;
        process = launch();
        component = launchComponent();
    }

    /** The component beside it. */
    public ComponentProcess component() {
        return component;
    }

    @Override
    public void addAccount(String user) {
        command("register", "{\"user\":\"%s\",\"host\":\"%s\",\"password\":\"%s\"}".formatted(user, DOMAIN, user));
    }

    /** Protects it as in the README, with ejabberd's own command, which is run over HTTP here. */
    @Override
    public void prepareForAsterisk(String user) {
        if (unprotected.contains(user)) {
            return;
        }
        for (String query : ReadmeLines.ejabberdPrivacyQueries()) {
            command(
                    "privacy_set",
                    "{\"user\":\"%s\",\"host\":\"%s\",\"xmlquery\":\"%s\"}"
                            .formatted(user, DOMAIN, query.replace("\"", "\\\"")));
        }
    }

    /** Makes an account that stays without the list that protects an Asterisk. */
    public void addUnprotectedAccount(String user) {
        addAccount(user);
        unprotected.add(user);
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
        return SERVICE;
    }

    @Override
    public String title() {
        return "ejabberd";
    }

    @Override
    public void close() {
        component.close();
        process.close();
    }

    /** Runs one of its commands, as {@code ejabberdctl} does elsewhere. */
    private void command(String name, String arguments) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + commandPort + "/api/" + name))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(arguments))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("ejabberd: " + name + ": " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("ejabberd: " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Writes the README's lines, with those that a test needs besides: ports, folders, and commands by HTTP in place of ejabberdctl. */
    private void configure() {
        String lines = ReadmeLines.ejabberd()
                .replace(
                        "/etc/ejabberd/ejabberd.pem",
                        folder.resolve("server.pem").toString())
                .replace("port: 5222", "port: %d\n    ip: \"%s\"".formatted(clientPort, place.listensAt()))
                .replace("port: 5347", "port: " + componentPort)
                .replace("a long secret", SECRET)
                .replace(
                        "listen:\n",
                        """
                        listen:
                          -
                            port: %d
                            ip: "127.0.0.1"
                            module: ejabberd_http
                            request_handlers: { "/api": mod_http_api }
                        """
                                .formatted(commandPort))
                .replace("modules:\n", "modules:\n  mod_admin_extra: {}\n");
        if (variant == Variant.WITHOUT_ADMINISTRATION) {
            lines = lines.replace("  mod_configure: {}\n", "");
        }
        if (variant == Variant.ENDING_WHO_DOES_NOT_ANSWER_PINGS) {
            String pings =
                    """
                    modules:
                      mod_ping:
                        send_pings: true
                        ping_interval: 4
                        ping_ack_timeout: 2
                        timeout_action: kill
                    """;
            lines = lines.replace("modules:\n", pings);
        }
        Folders.write(
                folder.resolve("ejabberd.yml"),
                """
                hosts: ["%s"]
                loglevel: info
                api_permissions:
                  "tests": { from: [mod_http_api], who: all, what: ["register", "privacy_set"] }
                """
                                .formatted(DOMAIN)
                        + lines);
    }

    private ServerProcess launch() {
        configure();
        List<String> command = List.of(
                program.toString(),
                "-ejabberd",
                "config",
                '"' + folder.resolve("ejabberd.yml").toString() + '"',
                "log_path",
                '"' + folder.resolve("ejabberd.log").toString() + '"',
                "-mnesia",
                "dir",
                '"' + folder.resolve("data").toString() + '"');
        ServerProcess started = ServerProcess.start(
                folder, folder.resolve("console.log"), Map.of("HOME", folder.toString()), place.in(command));
        try {
            Await.until("ejabberd is up; see " + folder, Duration.ofSeconds(90), () -> isUp(started));
        } catch (AssertionError | IllegalStateException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static boolean isUp(ServerProcess started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("ejabberd ended at its start: " + started.output());
        }
        return started.output().contains("is started in the node");
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
}
