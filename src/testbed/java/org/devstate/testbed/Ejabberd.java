// SPDX-License-Identifier: Apache-2.0
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
import java.util.Set;

/** A real ejabberd with the component beside it. */
public final class Ejabberd extends ServerWithComponent {

    private final Path program;
    private final int commandPort = Folders.freePort();
    private final Variant variant;
    private final Set<String> unprotected = new HashSet<>();
    /** The differences from the guide's configuration. */
    public enum Variant {
        /** Not at all. */
        AS_GUIDE_SAYS,
        /** It lacks {@code mod_configure}, so that no account can be made from outside. */
        WITHOUT_ADMINISTRATION,
        /** It ends each session that does not answer its pings, within seconds. */
        ENDING_WHO_DOES_NOT_ANSWER_PINGS
    }

    private Ejabberd(Path program, Path folder, Path componentJar, HostSetup setup, Variant variant) {
        super(folder, componentJar, setup);
        this.program = program;
        this.variant = variant;
        Certificates.selfSigned(folder, DOMAIN);
        Folders.write(
                folder.resolve("server.pem"),
                Folders.read(folder.resolve("cert.pem"), 0) + Folders.read(folder.resolve("key.pem"), 0));
    }

    /** Starts it as in the guide, with {@code componentJar}. */
    public static Ejabberd start(Testbed testbed, Path folder, Path componentJar) {
        return start(testbed, folder, componentJar, HostSetup.USUAL, Variant.AS_GUIDE_SAYS);
    }

    /** Starts ejabberd and {@code componentJar} in {@code folder}; ready for clients when it returns. */
    public static Ejabberd start(Testbed testbed, Path folder, Path componentJar, HostSetup setup, Variant variant) {
        Path program = testbed.server("ejabberd").resolve("bin/ejabberd");
        Folders.delete(folder);
        Ejabberd ejabberd = new Ejabberd(program, folder, componentJar, setup, variant);
        ejabberd.startBoth();
        return ejabberd;
    }

    /** Starts it as in the guide, in a federation. */
    public static Ejabberd start(Testbed testbed, Path folder, Path componentJar, Federation federation) {
        Path program = testbed.server("ejabberd").resolve("bin/ejabberd");
        Folders.delete(folder);
        Ejabberd ejabberd = new Ejabberd(program, folder, componentJar, HostSetup.USUAL, Variant.AS_GUIDE_SAYS);
        ejabberd.moveTo(federation.home());
        return ejabberd;
    }

    @Override
    public void addAccount(String user) {
        command("register", "{\"user\":\"%s\",\"host\":\"%s\",\"password\":\"%s\"}".formatted(user, DOMAIN, user));
    }

    /** Protects it as in the guide, with ejabberd's own command, which is run over HTTP here. */
    @Override
    public void prepareForAsterisk(String user) {
        if (unprotected.contains(user)) {
            return;
        }
        for (String query : GuideLines.ejabberdPrivacyQueries()) {
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
    public Path certificate() {
        return folder().resolve("cert.pem");
    }

    @Override
    public String title() {
        return "ejabberd";
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

    /** The guide's lines, with those that a test needs besides: ports, folders, and commands by HTTP in place of ejabberdctl. */
    @Override
    List<String> configure() {
        String lines = GuideLines.ejabberd()
                .replace(
                        "/etc/ejabberd/ejabberd.pem",
                        folder().resolve("server.pem").toString())
                .replace("port: 5222", "port: %d\n    ip: \"%s\"".formatted(clientPort(), place().listensAt()))
                .replace("port: 5347", "port: " + componentPort())
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
        if (!place().federatesAt().isEmpty()) {
            lines = Federation.inEjabberd(place(), lines);
        }
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
                folder().resolve("ejabberd.yml"),
                """
                hosts: ["%s"]
                loglevel: info
                api_permissions:
                  "tests": { from: [mod_http_api], who: all, what: ["register", "privacy_set"] }
                """
                                .formatted(DOMAIN)
                        + lines);
        return List.of(
                program.toString(),
                "-ejabberd",
                "config",
                '"' + folder().resolve("ejabberd.yml").toString() + '"',
                "log_path",
                '"' + folder().resolve("ejabberd.log").toString() + '"',
                "-mnesia",
                "dir",
                '"' + folder().resolve("data").toString() + '"');
    }

    @Override
    Duration startLimit() {
        return Duration.ofSeconds(90);
    }

    @Override
    boolean isUp(ServerProcess started) {
        return started.output().contains("is started in the node");
    }
}
