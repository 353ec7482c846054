package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The delivered jars: a plugin jar to drop into Tigase, and a component jar that runs by itself. */
@Timeout(120)
final class PackagingIT {

    private static final Path PLUGIN = jar("devstate.pluginJar");
    private static final Path COMPONENT = jar("devstate.componentJar");

    @TempDir
    private Path directory = Path.of("");

    private record Outcome(int status, List<String> out, List<String> err) {}

    @Test
    void thePluginHoldsTheCoreAndItsHostAndNothingElse() {
        assertThat(files(PLUGIN))
                .allMatch(name -> name.startsWith("META-INF/")
                        || name.startsWith("org/devstate/core/")
                        || name.startsWith("org/devstate/sql/")
                        || name.startsWith("org/devstate/tigase/"))
                .contains(
                        "org/devstate/core/DeviceStateService.class",
                        "org/devstate/sql/SqlStore.class",
                        "org/devstate/tigase/DeviceStatePubSub.class",
                        "org/devstate/tigase/gate/AsteriskGate.class")
                .doesNotHaveDuplicates();
    }

    @Test
    void theComponentHoldsNothingOfTigase() {
        assertThat(files(COMPONENT))
                .noneMatch(name -> name.startsWith("org/devstate/tigase/") || name.startsWith("tigase/"))
                .contains(
                        "org/devstate/core/DeviceStateService.class",
                        "org/devstate/sql/SqlStore.class",
                        "org/h2/Driver.class",
                        "org/postgresql/Driver.class",
                        "org/devstate/component/Main.class",
                        "org/devstate/serve/Serve.class",
                        "org/devstate/serve/api/openapi.json",
                        "org/eclipse/jetty/server/Server.class",
                        "META-INF/services/org.devstate.ctl.command.ExtraSubcommand",
                        "logback.xml",
                        "database/postgresql-devstate-0.1.0.sql",
                        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
                .doesNotHaveDuplicates();
    }

    /** Classes that Smack looks up by name at its start are as much a part of it as the others. */
    @Test
    void devstatectlIsInTheComponentAndFindsItsClasses() throws Exception {
        assertThat(files(COMPONENT))
                .contains(
                        "org/devstate/ctl/Devstatectl.class",
                        "org.jivesoftware.smack/smack-config.xml",
                        "org.jivesoftware.smack.extensions/extensions.providers");
        List<String> devstatectl =
                List.of("-cp", COMPONENT.toAbsolutePath().toString(), "org.devstate.ctl.Devstatectl");
        assertThat(java(devstatectl, "--version").out())
                .singleElement()
                .asString()
                .matches("tigase-devstate \\d.*");
        Path password = Files.writeString(directory.resolve("password"), "secret");
        Outcome nobodyThere = java(
                devstatectl,
                ("sites --service d.example.net --as a@example.net --host 127.0.0.1 --port 1 --password-file "
                                + password)
                        .split(" "));
        assertThat(nobodyThere.status()).isEqualTo(3);
        assertThat(nobodyThere.err()).last().asString().contains("127.0.0.1:1");
    }

    @Test
    void bothNameTheirTitleAndVersion() throws IOException {
        for (Path path : List.of(PLUGIN, COMPONENT)) {
            try (JarFile jar = new JarFile(path.toFile())) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
                        .isNotBlank();
            }
        }
    }

    @Test
    void theComponentPrintsItsVersion() throws Exception {
        Outcome outcome = run("--version");
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).singleElement().asString().matches("tigase-devstate \\d+\\.\\d+\\.\\d+.*");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void theComponentPrintsItsHelp() throws Exception {
        Outcome outcome = run("--help");
        assertThat(outcome.status()).isZero();
        assertThat(String.join("\n", outcome.out())).contains("--check-config");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void aMissingConfigurationIsStatus2AndOneLine() throws Exception {
        Outcome outcome = run();
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).singleElement().asString().contains("component.conf", "--config");
    }

    @Test
    void aValidConfigurationIsStatus0() throws Exception {
        Files.writeString(
                directory.resolve("component.conf"),
                """
                server.host = localhost
                component { address = devstate.example.net, secret = s3cret }
                accounts = [ "*@example.net" ]
                """);
        Outcome outcome = run("--check-config", "--config", "component.conf");
        assertThat(outcome).isEqualTo(new Outcome(0, outcome.out(), List.of()));
        assertThat(outcome.out()).singleElement().asString().contains("is valid");
    }

    private Outcome run(String... args) throws IOException, InterruptedException {
        return java(List.of("-jar", COMPONENT.toAbsolutePath().toString()), args);
    }

    private Outcome java(List<String> what, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(what);
        command.addAll(List.of(args));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(
                process.exitValue(),
                Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readAllLines(err, StandardCharsets.UTF_8));
    }

    private static List<String> files(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }
}
