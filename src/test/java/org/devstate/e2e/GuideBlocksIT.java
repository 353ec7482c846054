// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Certificates;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.GuideBlocks.GuideBlock;
import org.devstate.testbed.PlainProsody;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The lines of the guides, in a shell and in the files that they are for, on a real Prosody as Debian installs it. Addresses, ports and
 * folders are those of the test.
 */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuideBlocksIT {

    private static final Path JAR = Path.of(System.getProperty("devstate.componentJar"));
    private static final String EID = "02:11:22:33:44:01";
    private static final Duration START = Duration.ofSeconds(30);

    /** A message of the reference, and a line of a log: its text is behind the name of its logger. */
    private static final Pattern MESSAGE = Pattern.compile("^\\| \\w+ \\| `([^`]+)` \\|", Pattern.MULTILINE);

    private static final Pattern LOGGED =
            Pattern.compile("^\\S+ \\S+ (?:INFO|WARN|ERROR) +\\S+: (.*)$", Pattern.MULTILINE);

    private final Testbed testbed = Testbed.find();
    private final Path folder = Office.FOLDER.resolve("GuideBlocksIT").toAbsolutePath();
    private final GuideShell shell = new GuideShell(folder.resolve("home"));
    private final Path here = folder.resolve("serve");
    private PlainProsody prosody;
    private ServerProcess component;

    @BeforeAll
    void followTheQuickStart() throws IOException {
        prosody = new PlainProsody(testbed, folder);
        Path main = prosody.configFolder().resolve("prosody.cfg.lua");
        String[] lines = GuideBlocks.of("quickstart", "admins = ").split("(?=VirtualHost)", 2);
        String modules = Files.readString(main).replaceFirst("(?s).*modules_enabled = \\{(.*?)\\n}.*", "$1");
        String settings = lines[0].replace("modules_enabled = {", "modules_enabled = {" + modules);
        Files.writeString(main, with(Files.readString(main), settings, lines[1]));
        shell.bash(
                folder,
                GuideBlocks.of("install-component", "openssl req")
                        .replace("/etc/prosody/certs", prosody.configFolder() + "/certs")
                        .replaceFirst("(?m)^chgrp .*$", ""));
        prosody.start();
        prosodyctl(main, "register", "admin", "example.net", "secret");
        Files.writeString(
                folder.resolve("component.conf"),
                GuideBlocks.of("quickstart", "component {").replace("xmpp.example.net", "127.0.0.1")
                        + "server.port = " + prosody.componentPort() + "\nenrolment.server-port = "
                        + prosody.clientPort() + "\n");
        component = ServerProcess.start(
                folder,
                folder.resolve("component.log"),
                Map.of(),
                List.of(
                        "bash",
                        "-c",
                        "exec "
                                + GuideBlocks.of("install-component", "java -jar ")
                                        .replaceFirst("\\S+\\.jar", JAR.toString())));
        Await.until("the component is connected; see " + folder, START, () -> component
                .output()
                .contains("Connected to"));
        connectDevstatectl();
    }

    private void connectDevstatectl() throws IOException {
        shell.connect(GuideBlocks.of("quickstart", "service  ").replace("xmpp.example.net", "127.0.0.1") + "port = "
                + prosody.clientPort() + "\ntrust-certificate = \"" + prosody.certificate() + "\"\n");
        Files.createSymbolicLink(folder.resolve("scripts"), Path.of("scripts").toAbsolutePath());
        Files.createDirectories(here);
    }

    @AfterAll
    void stopBoth() {
        if (component != null) {
            component.close();
        }
        if (prosody != null) {
            prosody.close();
        }
    }

    @Test
    void prosodyLoadsEachBlockOfItsConfiguration() throws IOException {
        Path main = prosody.configFolder().resolve("prosody.cfg.lua");
        for (GuideBlock block : GuideBlocks.ofKind("prosody.cfg.lua")) {
            String[] parts = block.text().split("(?m)(?=^VirtualHost|^Component)", 2);
            Path file = Files.writeString(
                    main.resolveSibling("block.cfg.lua"),
                    with(
                            Files.readString(main).replaceFirst("(?s)VirtualHost \"example.net\".*?(?=\\nInclude)", ""),
                            parts[0],
                            parts.length == 2 ? parts[1] : ""));
            String check =
                    prosody.prosodyctl() + " --config " + file + " check config || true"; // it warns of other things
            assertThat(shell.bash(folder, check)).as("%s", block).contains("configuration files have been loaded");
        }
    }

    @Test
    void sitesAndServersOfTheQuickStartWorkOnARealAsterisk() throws Exception {
        assertThat(shell.bash(folder, GuideBlocks.of("quickstart", "devstatectl add-site paris")))
                .contains("pbx3@example.net");
        for (String server : List.of("pbx1", "pbx2", "pbx3")) {
            assertThat(folder.resolve(server))
                    .isDirectoryContaining("glob:**xmpp.conf")
                    .isDirectoryContaining("glob:**asterisk.conf");
        }
        Path given = folder.resolve("pbx1");
        useTheFilesOfTheGuides(given);
        try (Asterisk first = Asterisk.startEnrolled(
                testbed, testbed.orOther(Release.V22), folder.resolve("asterisk"), "pbx1", 1, prosody, given)) {
            first.awaitConnected(Office.CONNECT);
            shell.bash(
                    folder,
                    GuideBlocks.of("quickstart", "asterisk -rx")
                            .replaceFirst("^asterisk", first.howToLookInside().replaceFirst(" -r$", "")));
            Await.until("the service has the state", START, () -> shell.ctl("entries")
                    .contains("Custom:test"));
            assertThat(first.log().lines("ERROR[")).noneMatch(line -> line.contains("xmpp"));
        }
        assertThat(shell.bash(folder, GuideBlocks.of("quickstart", "devstatectl edit-site berlin")))
                .contains("deny paris device Custom:*");
        assertThat(shell.bash(folder, GuideBlocks.of("troubleshooting", "devstatectl why pbx3")))
                .contains("pbx3@example.net is not connected", "What to do:");
        shell.ctl("add-site", "default");
        shell.bash(
                folder,
                GuideBlocks.of("cluster", "scripts/devstatectl add-server").replace("pbx", "node"));
        assertThat(folder.resolve("node2")).isNotEmptyDirectory();
        shell.bash(
                folder,
                GuideBlocks.of("cluster", "cd /srv/tigase/tigase-devstate").replaceFirst("(?m)^cd .*$", ""));
    }

    /** Each line of the blocks replaces the one with its key. */
    private static void useTheFilesOfTheGuides(Path given) throws IOException {
        for (String name : List.of("xmpp.conf", "asterisk.conf")) {
            String file = Files.readString(given.resolve(name));
            for (GuideBlock block :
                    name.equals("xmpp.conf") ? GuideBlocks.ofKind("xmpp.conf") : GuideBlocks.ofKind("asterisk.conf")) {
                for (String line :
                        block.text().lines().filter(each -> each.contains("=")).toList()) {
                    String key = line.replaceFirst(" *=.*", "");
                    if (List.of("serverhost", "port", "secret", "pubsub_node").contains(key)) {
                        assertThat(file).containsPattern("(?m)^" + key + " *=");
                    } else {
                        file = file.replaceFirst("(?m)^" + key + " *=.*\\n", "").strip() + "\n" + line + "\n";
                    }
                }
            }
            Files.writeString(given.resolve(name), file);
        }
    }

    @Test
    void devstatectlServeAnswersTheRequestsOfTheGuides() throws Exception {
        assertThat(GuideBlocks.of("wallboard", "devstatectl serve"))
                .isEqualTo(GuideBlocks.of("monitoring", "devstatectl serve\n"));
        Certificates.selfSigned(here, "wall.example.net");
        Files.move(here.resolve("cert.pem"), here.resolve("fullchain.pem"));
        Files.move(here.resolve("key.pem"), here.resolve("privkey.pem"));
        shell.bash(here, "chmod 600 privkey.pem");
        shell.ctl("add-site", "doors");
        shell.ctl(
                "add-server",
                "doors",
                "door1",
                "--eid",
                EID,
                "--output-dir",
                here.resolve("door1").toString());
        shell.ctl("set-entry", "device", "PJSIP/100", EID, "RINGING");
        shell.bash(
                here,
                GuideBlocks.of("monitoring", "touch users")
                        .replace("devstatectl hash", "echo its-secret | devstatectl hash"));
        assertThat(Files.readAllLines(here.resolve("users"))).hasSize(3);
        String requests = GuideBlocks.of("monitoring", "curl -s http");
        try (GuideShell.Serve plain = shell.serve(here, GuideBlocks.of("monitoring", "devstatectl serve\n"))) {
            shell.reachByCurl(plain);
            assertThat(shell.bash(
                            here, requests.replaceAll("(?m)^.* https:.*$", "").replace("pbx3", "door1")))
                    .contains("\"PJSIP/100\"", "\"RINGING\"", "door1@example.net");
            String stream = GuideBlocks.of("monitoring", "curl -N").strip() + " || test $? = 28"; // its time is over
            assertThat(shell.bash(here, stream)).contains("event: ");
        }
        try (GuideShell.Serve secure = shell.serve(here, GuideBlocks.of("monitoring", "devstatectl serve --listen"))) {
            shell.reachByCurl(secure);
            assertThat(shell.bash(here, requests.replaceAll("(?m)^.*127\\.0\\.0\\.1.*$", "")))
                    .contains("\"connected\":true");
            assertThat(shell.bash(
                            here,
                            GuideBlocks.of("monitoring", "curl -u alice").replace("-u alice", "-u alice:its-secret")))
                    .contains("Custom:door");
        }
    }

    @Test
    void devstatectlServeTakesTheOtherOptionsOfTheGuides() throws IOException {
        shell.bash(here, "echo its-secret | devstatectl hash-password bob look > proxied && chmod 600 proxied");
        shell.serve(
                        here,
                        GuideBlocks.of("monitoring", "devstatectl serve --behind-proxy")
                                .replace("--users users", "--users proxied"))
                .close();
        String[] lines = GuideBlocks.of("webhooks", "install -m 600")
                .replace("/etc/devstate-webhooks", "hooks")
                .replace(
                        "etc/webhooks", Path.of("etc/webhooks").toAbsolutePath().toString())
                .split("\n", -1);
        String secret = shell.bash(here, lines[0] + "\n" + lines[1]).strip();
        Path hooks = here.resolve("hooks");
        Files.writeString(hooks, Files.readString(hooks).replace(" whsec_ ", " " + secret + " "));
        shell.serve(here, lines[2]).close();
        assertThat(shell.bash(
                        here,
                        GuideBlocks.of("webhooks", "keytool")
                                .replace("ca.pem", prosody.certificate().toString())
                                .replace("...", "--help")))
                .contains("--webhooks");
    }

    @Test
    void haproxyTakesItsConfiguration() throws IOException {
        Path program = testbed.server("haproxy").resolve("bin/haproxy");
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), GuideBlocks.of("cluster", "defaults\n"));
        assertThat(ServerProcess.run(folder, Map.of(), List.of(program.toString(), "-c", "-f", file.toString())))
                .isEqualToIgnoringNewLines("Configuration file is valid");
    }

    @Test
    void theOtherShellLinesRun() {
        assertThat(shell.bash(folder, GuideBlocks.of("cluster", "hostname -f"))).isNotBlank();
        assertThat(shell.bash(
                        folder, GuideBlocks.of("upgrade", "java -jar").replaceFirst("\\S+\\.jar", JAR.toString())))
                .contains("is valid");
    }

    @Test
    void theReferenceHasEachLineOfTheLog() throws IOException {
        String reference = Files.readString(Path.of("src/site/markdown/reference-log.md"));
        List<String> messages = MESSAGE.matcher(reference)
                .results()
                .map(message -> ".*" + Pattern.quote(message.group(1)).replace("…", "\\E.*\\Q"))
                .toList();
        assertThat(LOGGED.matcher(component.output()).results().map(line -> line.group(1)))
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(messages).anyMatch(line::matches));
    }

    /** A configuration of Prosody with other settings and more hosts. */
    private static String with(String config, String settings, String hosts) {
        String others = config;
        for (String key : List.of("admins", "modules_enabled", "limits")) {
            if (settings.contains(key + " = ")) {
                others = others.replaceFirst("(?m)^" + key + " = (?:\\{\\n(?s:.*?)\\n\\}|.*)\\n", "");
            }
        }
        return others.replace("VirtualHost \"localhost\"", settings + "VirtualHost \"localhost\"\n" + hosts);
    }

    private String prosodyctl(Path config, String... arguments) {
        List<String> command = new ArrayList<>(List.of(prosody.prosodyctl().toString(), "--config", config.toString()));
        command.addAll(List.of(arguments));
        return ServerProcess.run(folder, Map.of(), command);
    }
}
