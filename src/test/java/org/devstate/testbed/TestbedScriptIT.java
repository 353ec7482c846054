// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.Asterisk.Release;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** scripts/testbed, and the scripts that use it, once Debian's suites are others than today. Needs Debian's tools. */
@Tag("e2e")
final class TestbedScriptIT {

    private static final Path SCRIPTS = Path.of("scripts").toAbsolutePath();

    private static final int INCOMPLETE = 3;

    /** Made once, because it never changes. */
    @TempDir
    static Path packages;

    @TempDir
    Path folder;

    private FakeApt apt;
    private Path testbed;

    private record Outcome(int status, String output, String errors) {}

    @BeforeAll
    static void makePackages() throws IOException {
        FakeApt.makePackage(packages);
    }

    @BeforeEach
    void prepare() throws IOException {
        apt = new FakeApt(folder.resolve("apt"), packages);
        testbed = folder.resolve("testbed");
    }

    @Test
    void theNewestReleaseIsUsed() throws Exception {
        apt.with("sid", "1:25.1.0-1").with("bullseye", "1:16.28.0~dfsg-0+deb11u4");

        assertThat(bring("asterisk-new", "asterisk-old").status()).isZero();

        assertThat(version("asterisk-new")).isEqualTo("1:25.1.0-1");
        assertThat(version("asterisk-old")).startsWith("1:16.28");
    }

    @Test
    void aSuiteThatHasMovedToTheArchiveIsFoundThere() throws Exception {
        apt.with("sid", "1:22.10.1-1").archived("bullseye", "1:16.28.0-1");

        assertThat(bring("asterisk-new", "asterisk-old").status()).isZero();

        assertThat(version("asterisk-old")).isEqualTo("1:16.28.0-1");
    }

    @Test
    void laterSuitesReplaceMissingOnes() throws Exception {
        apt.with("testing", "1:24.0.0-1").with("stable", "1:24.0.0-1").with("oldstable", "1:22.10.1-1");

        assertThat(bring("asterisk-new", "asterisk-old").status()).isZero();

        assertThat(version("asterisk-new")).isEqualTo("1:24.0.0-1");
        assertThat(version("asterisk-old")).isEqualTo("1:22.10.1-1");
    }

    @Test
    void unavailablePackagesAreReportedAndTheOthersInstalled() throws Exception {
        apt.with("sid", "1:22.10.1-1").with("testing", "1:22.8.0-1").with("stable", "");

        Outcome outcome = bring("asterisk-old", "asterisk-new", "prosody");

        assertThat(outcome.status()).isEqualTo(INCOMPLETE);
        assertThat(outcome.output()).isEqualTo(testbed + "\n");
        assertThat(outcome.errors())
                .contains("asterisk-old: no suite has a release that fits")
                .contains("testing has asterisk 1:22.8.0-1")
                .contains("stable has asterisk not")
                .contains("prosody: no suite");
        assertThat(version("asterisk-new")).isEqualTo("1:22.10.1-1");
        assertThat(testbed.resolve("asterisk-old")).doesNotExist();
    }

    @Test
    void aTestOfAnUnavailablePackageIsReportedAsNotRun() throws Exception {
        apt.with("sid", "1:22.10.1-1");
        bring("asterisk-new", "asterisk-old");
        Testbed found = Testbed.in(testbed);

        assertThatThrownBy(() -> found.server("asterisk-old"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("NOT RUN: asterisk-old cannot be had here: no suite has");
        assertThat(found.orOther(Release.V16)).isEqualTo(Release.V22);
        assertThatThrownBy(() -> found.server("prosody")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unavailablePackagesAreTriedAgain() throws Exception {
        bring("asterisk-new");
        assertThat(testbed.resolve("asterisk-new.missing")).exists();
        apt.with("sid", "1:23.0.0-1");

        assertThat(bring("asterisk-new").status()).isZero();

        assertThat(testbed.resolve("asterisk-new.missing")).doesNotExist();
    }

    @Test
    void corosyncIsInstalledByNameOnly() throws Exception {
        assertThat(bring().status()).isEqualTo(INCOMPLETE);
        assertThat(testbed.resolve("asterisk-new.missing")).exists();
        assertThat(testbed.resolve("corosync.missing")).doesNotExist();

        assertThat(bring("corosync").status()).isEqualTo(INCOMPLETE);

        assertThat(testbed.resolve("corosync.missing")).exists();
    }

    @Test
    void withoutDebianEveryServerIsMissing() throws Exception {
        Path tools = folder.resolve("tools");
        Folders.make(tools);
        for (String tool : List.of("bash", "env", "realpath", "mkdir", "dpkg-deb", "tar", "flock")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }

        Outcome outcome = run(
                Map.of("PATH", tools.toString(), "DEVSTATE_TESTBED", testbed.toString()), "testbed", "asterisk-new");

        assertThat(outcome.status()).isEqualTo(INCOMPLETE);
        assertThat(testbed.resolve("asterisk-new.missing")).content().contains("there is no apt-get");
    }

    @Test
    void theTestRunListsTheTestsThatDidNotRun() throws Exception {
        apt.with("sid", "1:22.10.1-1")
                .tool(
                        "mvn",
                        """
                        echo Maven ran
                        for argument; do
                            [[ $argument != -Ddevstate.notRun=* ]] || echo 'SomeIT, all of it: NOT RUN: x' >> "${argument#*=}"
                        done
                        """);

        Outcome outcome = run(apt.environment(testbed), "test");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.output().lines().dropWhile(line -> !line.equals("Maven ran")))
                .anyMatch(line -> line.startsWith("test: NOT RUN: tests that need asterisk-old (no suite"))
                .anyMatch(line -> line.startsWith("test: NOT RUN: tests that need prosody (no suite"))
                .contains("test:   SomeIT, all of it")
                .last()
                .asString()
                .endsWith("1 tests or classes of tests were NOT RUN for that");
    }

    @Test
    void withoutAsteriskTheDemoIsSimulated() throws Exception {
        apt.tool("mvn", "exit 0").tool("java", "echo \"$@\"\n");
        Folders.make(testbed.resolve("prosody"));
        Folders.write(testbed.resolve("prosody/.revision-1"), "");

        Outcome outcome = run(apt.environment(testbed), "demo");

        assertThat(outcome.errors()).contains("Asterisk is not available");
        assertThat(outcome.output()).contains("--simulate");
    }

    private Outcome bring(String... servers) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("testbed"));
        command.addAll(List.of(servers));
        return run(apt.environment(testbed), command.toArray(String[]::new));
    }

    private Outcome run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.set(0, SCRIPTS.resolve(command[0]).toString());
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        builder.environment().remove("TIGASE_HOME");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Folders.read(errors, 0));
    }

    private String version(String server) {
        return Folders.read(testbed.resolve(server).resolve("VERSION"), 0).strip();
    }
}
