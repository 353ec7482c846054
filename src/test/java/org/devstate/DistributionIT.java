// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.devstate.testbed.ServerProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archives that users unpack. */
@Timeout(120)
final class DistributionIT {

    private static final Path PLUGIN = file("devstate.pluginJar");
    private static final Path COMPONENT = file("devstate.componentJar");
    private static final Path TAR = file("devstate.archive");
    private static final Path ZIP =
            TAR.resolveSibling(TAR.getFileName().toString().replace(".tar.gz", ".zip"));
    private static final String BASE = PLUGIN.getFileName().toString().replace(".jar", "");

    private static final Path SITE = PLUGIN.resolveSibling("site");

    /** Maven with {@code -o} makes none. */
    private static final Path SBOM = PLUGIN.resolveSibling("legal/" + BASE + "-component.cdx.json");

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void unpack() {
        ServerProcess.run(directory, Map.of(), List.of("tar", "xf", TAR.toString()));
    }

    @Test
    void theyHoldOnlyFilesForUsers() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        Stream.of(
                        BASE + ".jar",
                        BASE + "-component.jar",
                        "CHANGELOG.md",
                        "LICENSE",
                        "NOTICE",
                        "README.md",
                        "THIRD-PARTY.txt",
                        "database/derby-devstate-0.1.0.sql",
                        "database/mysql-devstate-0.1.0.sql",
                        "database/postgresql-devstate-0.1.0.sql",
                        "etc/cluster.tdsl",
                        "etc/component.conf",
                        "etc/config.tdsl",
                        "etc/devstatectl.conf",
                        "etc/grafana-dashboard.json",
                        "etc/init.tdsl",
                        "etc/prometheus-rules.yml",
                        "etc/prometheus.yml",
                        "etc/sites.policy",
                        "etc/webhooks",
                        "src/site/resources/images/phone.png",
                        "src/site/resources/images/wall.png",
                        "src/site/resources/images/wallboard-dark.png")
                .forEach(name -> expected.put(BASE + "/" + name, "rw-r--r--"));
        if (Files.exists(SBOM) || !"offline=true".equals(System.getProperty("devstate.maven"))) {
            expected.put(BASE + "/" + SBOM.getFileName(), "rw-r--r--");
        }
        try (Stream<Path> guides = Files.walk(Path.of("src/site/markdown"))) {
            guides.filter(Files::isRegularFile).forEach(guide -> expected.put(BASE + "/" + guide, "rw-r--r--"));
        }
        try (Stream<Path> pages = Files.walk(SITE)) {
            pages.filter(Files::isRegularFile)
                    .forEach(page -> expected.put(BASE + "/docs/" + SITE.relativize(page), "rw-r--r--"));
        }
        assertThat(expected)
                .containsKeys(
                        BASE + "/docs/index.html",
                        BASE + "/docs/quickstart.html",
                        BASE + "/docs/decisions/README.html",
                        BASE + "/docs/js/search-index.js");
        Stream.of("install-plugin", "devstatectl")
                .forEach(name -> expected.put(BASE + "/scripts/" + name, "rwxr-xr-x"));

        assertThat(files(directory)).isEqualTo(expected);
        try (FileSystem zip = FileSystems.newFileSystem(ZIP, Map.of("enablePosixFileAttributes", true))) {
            assertThat(files(zip.getPath("/"))).isEqualTo(expected);
        }
    }

    @Test
    void theirFilesAreTheBuiltOnes() {
        Path unpacked = directory.resolve(BASE);
        assertThat(unpacked.resolve(BASE + ".jar")).hasSameBinaryContentAs(PLUGIN);
        assertThat(unpacked.resolve(BASE + "-component.jar")).hasSameBinaryContentAs(COMPONENT);
        for (String name : List.of(
                "README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "etc/config.tdsl", "scripts/install-plugin")) {
            assertThat(unpacked.resolve(name)).hasSameBinaryContentAs(Path.of(name));
        }
        assertThat(unpacked.resolve("etc/init.tdsl")).hasSameBinaryContentAs(unpacked.resolve("etc/config.tdsl"));
    }

    @Test
    void theScriptsWorkFromTheUnpackedArchiveByALinkToo() throws IOException {
        Path link = Files.createSymbolicLink(
                directory.resolve("ctl"), directory.resolve(BASE).resolve("scripts/devstatectl"));

        assertThat(ServerProcess.run(directory, Map.of(), List.of(link.toString(), "--version")))
                .startsWith("tigase-devstate ");
        assertThat(ServerProcess.run(directory, Map.of(), List.of(BASE + "/scripts/install-plugin", "--help")))
                .startsWith("Usage: scripts/install-plugin");
    }

    /** The README's links work for a user who has only unpacked the archive. */
    @Test
    void theReadmesLinksHaveTargets() throws IOException {
        Path unpacked = directory.resolve(BASE);
        Matcher links = Pattern.compile("(?:\\]\\(|src=\")([^)\"#:]+)")
                .matcher(Files.readString(unpacked.resolve("README.md")));

        List<String> targets = links.results().map(link -> link.group(1)).toList();

        assertThat(targets).contains("etc/config.tdsl").allSatisfy(target -> assertThat(unpacked.resolve(target))
                .exists());
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                modes.put(
                        folder.relativize(file).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return modes;
    }

    private static Path file(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property))
                .toAbsolutePath();
    }
}
