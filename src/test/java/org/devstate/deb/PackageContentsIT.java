// SPDX-License-Identifier: Apache-2.0
package org.devstate.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.devstate.testbed.ServerProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Debian packages as files: what they hold, with which owners and modes. Needs Debian's dpkg-deb. */
@Timeout(120)
final class PackageContentsIT {

    private static final Path TARGET = Path.of(System.getProperty("devstate.target"));
    private static final Path COMPONENT_JAR = Path.of(System.getProperty("devstate.componentJar"));
    private static final Path PLUGIN_JAR = Path.of(System.getProperty("devstate.pluginJar"));

    private static final String COMPONENT = "tigase-devstate-component";
    private static final String PLUGIN = "tigase-devstate-plugin";
    private static final String CTL = "devstatectl";

    private static final Pattern ENTRY = Pattern.compile("(\\S+) (\\S+) +\\d+ (\\S+ \\S+) \\.(/.*?)(?: -> .*)?");

    @TempDir
    private Path folder = Path.of("");

    /** A line of the list of a package. */
    private record Entry(String mode, String owner, String time) {}

    @BeforeEach
    void needDpkg() {
        assumeTrue(isThere("dpkg-deb"), "NOT RUN: the packages are looked into by dpkg-deb, which this machine lacks");
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPONENT, CTL, PLUGIN})
    void everyFileIsRootsAndHasTheTimeOfTheRelease(String name) {
        assertThat(entries(name).values())
                .isNotEmpty()
                .allMatch(entry -> entry.owner().equals("root/root"))
                .allMatch(entry -> entry.time().startsWith("2026-01-01 00:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPONENT, CTL, PLUGIN})
    void noFileIsWritableForOthersAndOnlyScriptsAreExecutable(String name) {
        Set<String> scripts = Set.of(
                "/usr/sbin/tigase-devstate-component",
                "/usr/share/devstatectl/devstatectl",
                "/usr/share/tigase-devstate/scripts/install-plugin");

        entries(name).forEach((path, entry) -> {
            String expected = path.endsWith("/")
                    ? "drwxr-xr-x"
                    : scripts.contains(path)
                            ? "-rwxr-xr-x"
                            : path.startsWith("/etc/")
                                    ? "-rw-r-----"
                                    : path.equals("/usr/bin/devstatectl") ? "lrw-r--r--" : "-rw-r--r--";
            assertThat(entry.mode()).as(path).isEqualTo(expected);
        });
    }

    @Test
    void theComponentHasItsJarUnitConfigurationAndManualPage() {
        assertThat(entries(COMPONENT))
                .containsKeys(
                        "/etc/tigase-devstate/component.conf",
                        "/usr/lib/systemd/system/tigase-devstate-component.service",
                        "/usr/lib/sysusers.d/tigase-devstate-component.conf",
                        "/usr/sbin/tigase-devstate-component",
                        "/usr/share/doc/tigase-devstate-component/README.md",
                        "/usr/share/doc/tigase-devstate-component/copyright",
                        "/usr/share/doc/tigase-devstate-component/src/site/markdown/install-component.md",
                        "/usr/share/man/man8/tigase-devstate-component.8.gz");
        assertThat(unpacked(COMPONENT).resolve("usr/share/tigase-devstate-component/tigase-devstate-component.jar"))
                .hasSameBinaryContentAs(COMPONENT_JAR);
        assertThat(field(COMPONENT, "Depends")).contains("default-jre-headless (>= 2:1.17) | java17-runtime-headless");
        assertThat(conffiles(COMPONENT)).isEqualTo("/etc/tigase-devstate/component.conf");
    }

    /** Those of the jar, which has no bill of materials if it was built offline. */
    @ParameterizedTest
    @ValueSource(strings = {COMPONENT, CTL})
    void theLicencesAndTheBillOfMaterialsOfTheJarAreBesideIt(String name) throws IOException {
        String documents = "/usr/share/doc/" + name + "/";
        assertThat(entries(name)).containsKeys(documents + "NOTICE", documents + "THIRD-PARTY.txt");
        try (JarFile jar = new JarFile(COMPONENT_JAR.toFile())) {
            List<String> bills = jar.stream()
                    .map(JarEntry::getName)
                    .filter(entry -> entry.matches("META-INF/sbom/.+"))
                    .map(entry -> documents + entry.substring("META-INF/sbom/".length()))
                    .toList();
            assertThat(entries(name).keySet()).containsAll(bills);
        }
    }

    @Test
    void theComponentsConfigurationIsTheSampleWithAStoreOfItsOwn() throws IOException {
        List<String> sample = Files.readAllLines(Path.of("etc/component.conf"));
        List<String> packaged = Files.readAllLines(unpacked(COMPONENT).resolve("etc/tigase-devstate/component.conf"));

        assertThat(packaged).hasSameSizeAs(sample);
        assertThat(Stream.iterate(0, i -> i + 1)
                        .limit(sample.size())
                        .filter(i -> !sample.get(i).equals(packaged.get(i)))
                        .map(packaged::get))
                .containsExactly(
                        "#   systemctl restart tigase-devstate-component",
                        "  url = \"jdbc:h2:file:/var/lib/tigase-devstate/devstate\"");
    }

    @Test
    void devstatectlHasTheWallboardAManualPageForEachSubcommandAndCompletion() throws IOException {
        Path root = unpacked(CTL);

        assertThat(root.resolve("usr/share/devstatectl").resolve(COMPONENT_JAR.getFileName()))
                .hasSameBinaryContentAs(COMPONENT_JAR);
        assertThat(entries(CTL))
                .containsKeys(
                        "/usr/lib/systemd/system/devstate-wallboard.service",
                        "/usr/lib/sysusers.d/devstate-wallboard.conf",
                        "/usr/share/doc/devstatectl/examples/devstatectl.conf",
                        "/usr/share/bash-completion/completions/devstatectl");
        assertThat(conffiles(CTL)).isEqualTo("/etc/tigase-devstate/wallboard.conf");
        String help = ServerProcess.run(folder, Map.of(), List.of(root + "/usr/bin/devstatectl", "--help"));
        List<String> subcommands = Pattern.compile("^  ([a-z][a-z-]+)  ", Pattern.MULTILINE)
                .matcher(help.substring(help.indexOf("Commands:")))
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(subcommands).contains("add-server", "serve").allSatisfy(name -> assertThat(
                        root.resolve("usr/share/man/man1/devstatectl-" + name + ".1.gz"))
                .exists());
    }

    @Test
    void thePluginHasWhatItsScriptInstalls() {
        Path root = unpacked(PLUGIN).resolve("usr/share/tigase-devstate");

        assertThat(root.resolve(PLUGIN_JAR.getFileName())).hasSameBinaryContentAs(PLUGIN_JAR);
        assertThat(root.resolve("database/derby-devstate-0.1.0.sql"))
                .hasSameBinaryContentAs(Path.of("src/main/database/derby-devstate-0.1.0.sql"));
        assertThat(ServerProcess.run(folder, Map.of(), List.of(root + "/scripts/install-plugin", "--help")))
                .startsWith("Usage: scripts/install-plugin");
        assertThat(root.resolve("../doc/tigase-devstate-plugin/src/site/markdown/install-tigase.md"))
                .exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPONENT, CTL})
    void theManualPagesRenderWithoutWarnings(String name) throws IOException {
        assumeTrue(isThere("groff"), "NOT RUN: manual pages are rendered by groff, which this machine lacks");
        try (Stream<Path> pages = Files.walk(unpacked(name).resolve("usr/share/man"))) {
            List<Path> all = pages.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty().allSatisfy(page -> assertThat(
                            bash("set -o pipefail; zcat '" + page + "' | groff -ww -man -Tutf8 -z"))
                    .isEmpty());
        }
    }

    @Test
    void bashCompletesSubcommandsAndTheirOptions() {
        Path script = unpacked(CTL).resolve("usr/share/bash-completion/completions/devstatectl");

        assertThat(completed(script, "devstatectl", "add-s").split("\\s+"))
                .containsExactlyInAnyOrder("add-site", "add-server");
        assertThat(completed(script, "devstatectl", "add-server", "--out").strip())
                .isEqualTo("--output-dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPONENT, CTL, PLUGIN})
    void theMaintainerScriptsAreValid(String name) throws IOException {
        Path control = folder.resolve("control");
        ServerProcess.run(folder, Map.of(), List.of("dpkg-deb", "-e", deb(name).toString(), control.toString()));

        try (Stream<Path> files = Files.list(control)) {
            List<Path> scripts = files.filter(Files::isExecutable).toList();
            assertThat(scripts)
                    .isNotEmpty()
                    .allSatisfy(
                            script -> assertThat(bash("sh -n '" + script + "'")).isEmpty())
                    .allSatisfy(script ->
                            assertThat(script).content().contains("set -e").doesNotContain("[["));
        }
    }

    /** What bash would offer for these words, of which the last is not complete. */
    private String completed(Path script, String... words) {
        return bash(
                "shopt -s progcomp; compopt() { :; }; source '" + script + "'; COMP_WORDS=(" + String.join(" ", words)
                        + "); COMP_CWORD=" + (words.length - 1) + "; _complete_devstatectl; echo \"${COMPREPLY[@]}\"");
    }

    private String bash(String script) {
        return ServerProcess.run(folder, Map.of(), List.of("bash", "-c", script));
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static Path deb(String name) {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "_.*_all\\.deb"))
                    .max(Path::compareTo)
                    .orElseThrow(() -> new AssertionError("no package " + name + " in " + TARGET));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path unpacked(String name) {
        Path root = folder.resolve(name);
        ServerProcess.run(folder, Map.of(), List.of("dpkg-deb", "-x", deb(name).toString(), root.toString()));
        return root;
    }

    private String field(String name, String field) {
        return ServerProcess.run(
                folder, Map.of(), List.of("dpkg-deb", "-f", deb(name).toString(), field));
    }

    private String conffiles(String name) {
        return ServerProcess.run(
                        folder, Map.of(), List.of("dpkg-deb", "-I", deb(name).toString(), "conffiles"))
                .strip();
    }

    private Map<String, Entry> entries(String name) {
        Map<String, Entry> entries = new TreeMap<>();
        String list = ServerProcess.run(
                folder, Map.of("TZ", "UTC"), List.of("dpkg-deb", "-c", deb(name).toString()));
        for (String line : list.lines().toList()) {
            Matcher entry = ENTRY.matcher(line);
            assertThat(entry.matches()).as(line).isTrue();
            entries.put(entry.group(4), new Entry(entry.group(1), entry.group(2), entry.group(3)));
        }
        return entries;
    }
}
