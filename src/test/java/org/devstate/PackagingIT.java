// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The delivered jars: a plugin jar to drop into Tigase, and a component jar that runs by itself. */
@Timeout(120)
final class PackagingIT {

    private static final Path PLUGIN = jar("devstate.pluginJar");
    private static final Path COMPONENT = jar("devstate.componentJar");

    private static final String SBOM =
            "META-INF/sbom/" + COMPONENT.getFileName().toString().replace(".jar", ".cdx.json");

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

    @Test
    void thirdPartyNamesEachLibraryInTheComponent() {
        Set<String> libraries = libraries();
        assertThat(libraries).anyMatch(library -> library.startsWith("jetty-server-"));
        assertThat(thirdParty()).isEqualTo(libraries);
    }

    @Test
    void theSbomNamesEachLibraryInTheComponent() {
        assumeTrue(
                files(COMPONENT).contains(SBOM) || !"offline=true".equals(System.getProperty("devstate.maven")),
                "mvn -o does not make the SBOM");
        assertThat(sbom()).isEqualTo(libraries());
    }

    @Test
    void bothHoldTheirLicenceAndNotice() throws IOException {
        for (Path path : List.of(PLUGIN, COMPONENT)) {
            assertThat(text(path, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
            assertThat(text(path, "META-INF/NOTICE")).isEqualTo(Files.readString(Path.of("NOTICE")));
        }
        assertThat(files(PLUGIN)).noneMatch(name -> name.contains("sbom") || name.contains("licenses"));
    }

    @Test
    void theComponentHoldsTheLicencesThatItsLibrariesBring() {
        assertThat(files(COMPONENT))
                .filteredOn(name -> name.matches("META-INF/licenses/[^/]+-jar/.*"))
                .anyMatch(name -> name.matches(".*/postgresql-[^/]+/META-INF/LICENSE"))
                .anyMatch(name -> name.matches(".*/slf4j-api-[^/]+/META-INF/LICENSE.txt"))
                .anyMatch(name -> name.matches(".*/prometheus-metrics-model-[^/]+/META-INF/NOTICE"))
                .anyMatch(name -> name.matches(".*/smack-core-[^/]+/org.jivesoftware.smack/NOTICE"));
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

    /** The libraries from which the classes in the component come, such as {@code gson-2.13.2}: each is on the class path here, too. */
    private static Set<String> libraries() {
        Set<String> libraries = new TreeSet<>();
        for (String name : files(COMPONENT)) {
            if (name.endsWith(".class") && !name.startsWith("org/devstate/") && !name.startsWith("META-INF/")) {
                URL place = Objects.requireNonNull(
                        PackagingIT.class.getClassLoader().getResource(name), name);
                libraries.add(place.getPath().replaceFirst(".*/([^/]+)\\.jar!/.*", "$1"));
            }
        }
        return libraries;
    }

    private static Set<String> thirdParty() {
        return Pattern.compile("^[^: ]+:([^: ]+) (\\S+)\n    licence: \\S", Pattern.MULTILINE)
                .matcher(text(COMPONENT, "META-INF/THIRD-PARTY.txt"))
                .results()
                .map(library -> library.group(1) + "-" + library.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> sbom() {
        Set<String> libraries = new TreeSet<>();
        JsonObject sbom = JsonParser.parseString(text(COMPONENT, SBOM)).getAsJsonObject();
        assertThat(sbom.get("bomFormat").getAsString()).isEqualTo("CycloneDX");
        for (JsonElement element : sbom.getAsJsonArray("components")) {
            JsonObject library = element.getAsJsonObject();
            assertThat(library.getAsJsonArray("licenses"))
                    .as(library.toString())
                    .isNotEmpty();
            libraries.add(library.get("name").getAsString() + "-"
                    + library.get("version").getAsString());
        }
        return libraries;
    }

    private static String text(Path path, String name) {
        try (JarFile jar = new JarFile(path.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }
}
