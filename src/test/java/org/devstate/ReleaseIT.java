// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.devstate.testbed.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code scripts/release} on a small repository with a bare one as its remote, and a key made for it. A stand-in for Maven makes the
 * files, so that only the long test builds.
 */
@Timeout(120)
final class ReleaseIT {

    /** The files of a build, from the version in pom.xml; if the variable {@code FOLDER_IN_JAR} is set, they depend on the folder. */
    private static final String MAVEN =
            """
            #!/bin/sh
            set -e
            name=tigase-devstate-$(sed -n 's|^  <version>\\(.*\\)</version>|\\1|p' pom.xml)
            mkdir -p target/legal
            for end in .jar -component.jar .tar.gz .zip -sources.jar -javadoc.jar; do
                echo "$name$end of $(git rev-parse HEAD) ${FOLDER_IN_JAR:+$PWD}" > "target/$name$end"
            done
            for package in tigase-devstate-component devstatectl tigase-devstate-plugin; do
                echo "$package of $(git rev-parse HEAD)" > "target/${package}_${name##*-devstate-}_all.deb"
            done
            echo '{}' > "target/legal/$name-component.cdx.json"
            """;

    private static final String POM =
            """
            <project>
              <version>0.1.0-SNAPSHOT</version>
                <project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
            </project>
            """;

    private static final String CHANGELOG =
            """
            # Changelog

            ## 0.3.0 (not released)

            ## 0.1.0 (not released)

            - All of it.
            """;

    private static final List<String> FILES = List.of(
            "devstatectl_0.1.0_all.deb",
            "tigase-devstate-component_0.1.0_all.deb",
            "tigase-devstate-plugin_0.1.0_all.deb",
            "tigase-devstate-0.1.0-component.cdx.json",
            "tigase-devstate-0.1.0-component.jar",
            "tigase-devstate-0.1.0-javadoc.jar",
            "tigase-devstate-0.1.0-sources.jar",
            "tigase-devstate-0.1.0.jar",
            "tigase-devstate-0.1.0.tar.gz",
            "tigase-devstate-0.1.0.zip");

    private static final String KEY = "release@example.net";

    @TempDir
    private static Path keys = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    private record Outcome(int status, String out, String err) {}

    @BeforeAll
    static void makeKey() {
        assumeTrue(
                Stream.of("git", "gpg")
                        .allMatch(tool -> Stream.of(System.getenv("PATH").split(":"))
                                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)))),
                "git and gpg are needed");
        gpg(
                "--batch",
                "--passphrase",
                "",
                "--quick-generate-key",
                "Releases <" + KEY + ">",
                "ed25519",
                "sign",
                "never");
    }

    @AfterAll
    static void endAgent() {
        ServerProcess.run(keys, environment(), List.of("gpgconf", "--kill", "all"));
    }

    @BeforeEach
    void makeRepository() throws IOException {
        Path checkout = Files.createDirectories(checkout());
        Path scripts = Files.createDirectories(checkout.resolve("scripts"));
        Files.copy(Path.of("scripts/release"), scripts.resolve("release"));
        executable(scripts.resolve("test"), "#!/bin/sh\nsed -n 's/<version>/tested &/p' pom.xml\nexec mvn verify\n");
        executable(Files.createDirectories(folder.resolve("bin")).resolve("mvn"), MAVEN);
        Files.writeString(checkout.resolve("pom.xml"), POM);
        Files.writeString(checkout.resolve("CHANGELOG.md"), CHANGELOG);
        Files.writeString(checkout.resolve("README.md"), "tar xf target/tigase-devstate-0.1.0-SNAPSHOT.tar.gz\n");
        Files.writeString(checkout.resolve(".gitignore"), "/target/\n");
        git("init", "-q", "-b", "main");
        git("config", "user.name", "A maintainer");
        git("config", "user.email", KEY);
        commit("First");
        ServerProcess.run(folder, environment(), List.of("git", "clone", "-q", "--bare", "checkout", "remote.git"));
        git("remote", "add", "origin", folder.resolve("remote.git").toString());
    }

    @Test
    void aReleaseIsTestedTaggedSignedAndPushed() throws Exception {
        Outcome outcome = release("--key", KEY, "--push", "origin", "0.1.0");

        assertThat(outcome).isEqualTo(new Outcome(0, outcome.out(), outcome.err()));
        assertThat(outcome.out()).contains("tested <version>0.1.0</version>", "both builds are identical");
        assertThat(outcome.err()).isEmpty();
        verifyFiles(checkout().resolve("target/release/0.1.0"));
        assertThat(git("verify-tag", "v0.1.0")).contains("Good signature from \"Releases <" + KEY + ">\"");
        assertThat(git("show", "v0.1.0:pom.xml"))
                .contains("<version>0.1.0</version>")
                .doesNotContain("2026-01-01T00:00:00Z");
        assertThat(git("show", "v0.1.0:README.md")).isEqualTo("tar xf target/tigase-devstate-0.1.0.tar.gz\n");
        assertThat(git("show", "v0.1.0:CHANGELOG.md")).containsPattern("\n## 0\\.1\\.0 \\(20\\d\\d-\\d\\d-\\d\\d\\)\n");
        assertThat(git("log", "--format=%s")).isEqualTo("Begin 0.2.0\nRelease 0.1.0\nFirst\n");
        assertThat(git("show", "HEAD:pom.xml")).contains("<version>0.2.0-SNAPSHOT</version>");
        assertThat(git("show", "HEAD:README.md")).contains("tigase-devstate-0.2.0-SNAPSHOT.tar.gz");
        assertThat(git("show", "HEAD:CHANGELOG.md")).startsWith("# Changelog\n\n## 0.2.0 (not released)\n\n## ");
        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("ls-remote", "origin", "main", "v0.1.0"))
                .contains(
                        git("rev-parse", "HEAD").strip(),
                        git("rev-parse", "v0.1.0").strip());
    }

    @Test
    void nothingIsPushedUnlessARemoteIsNamed() throws Exception {
        String before = git("ls-remote", "origin");
        git("config", "user.signingkey", KEY);

        Outcome outcome = release("--next", "1.0.0", "--out", "../files", "0.1.0");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("nothing was pushed. To push: git push --atomic REMOTE main v0.1.0");
        assertThat(git("ls-remote", "origin")).isEqualTo(before);
        assertThat(git("show", "HEAD:pom.xml")).contains("<version>1.0.0-SNAPSHOT</version>");
        verifyFiles(folder.resolve("files"));
    }

    @Test
    void anUntestedReleaseIsMarkedAsSuch() throws Exception {
        Outcome outcome = release("--key", KEY, "--skip-tests", "0.1.0");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.err()).containsPattern("(?s)WARNING: NOT TESTED.*WARNING: NOT TESTED");
        assertThat(git("tag", "-n9", "v0.1.0")).contains("Not tested");
    }

    @Test
    void aFailedTestEndsTheRelease() throws Exception {
        executable(checkout().resolve("scripts/test"), "#!/bin/sh\necho 'a test failed'\nexit 1\n");
        commit("A defect");

        verifyNoRelease(release("--key", KEY, "--push", "origin", "0.1.0"), "the tests failed");
    }

    @Test
    void buildsThatDifferEndTheRelease() throws Exception {
        Outcome outcome = run(Map.of("FOLDER_IN_JAR", "yes"), "--key", KEY, "0.1.0");

        verifyNoRelease(outcome, "two builds of one commit differ in tigase-devstate-0.1.0.jar");
    }

    @Test
    void aBranchThatLacksCommitsOfTheRemoteIsNotReleased() throws Exception {
        commit("Pushed by another maintainer");
        git("push", "-q", "origin", "main");
        git("reset", "-q", "--hard", "HEAD~1");

        verifyNoRelease(
                release("--key", KEY, "--push", "origin", "0.1.0"),
                "'origin' has commits that yours lacks; bring them first: git pull --rebase origin main");
    }

    @Test
    void aRemoteThatDoesNotAcceptThePushGetsNoPartOfIt() throws Exception {
        String before = git("ls-remote", "origin");
        executable(folder.resolve("remote.git/hooks/update"), "#!/bin/sh\ncase $1 in refs/tags/*) exit 1 ;; esac\n");

        verifyNoRelease(release("--key", KEY, "--push", "origin", "0.1.0"), "'origin' did not accept the push");
        assertThat(git("ls-remote", "origin")).isEqualTo(before);
    }

    @Test
    void anUncleanTreeIsNotReleased() throws Exception {
        Files.writeString(checkout().resolve("notes"), "");

        verifyNoRelease(release("--key", KEY, "0.1.0"), "the tree is not clean; commit or remove these: notes");
    }

    @Test
    void aDetachedHeadIsNotReleased() throws Exception {
        git("checkout", "-q", "--detach");

        verifyNoRelease(release("--key", KEY, "0.1.0"), "no branch is checked out");
    }

    @Test
    void aTagIsNeverMadeAnew() throws Exception {
        git("push", "-q", "origin", "HEAD:refs/tags/v0.1.0");
        assertThat(release("--key", KEY, "--push", "origin", "0.1.0").err())
                .contains("'origin' has a tag v0.1.0; choose another version");
        git("tag", "v0.1.0");
        assertThat(release("--key", KEY, "0.1.0"))
                .matches(outcome -> outcome.status() == 1)
                .extracting(Outcome::err)
                .asString()
                .contains("the tag v0.1.0 exists; choose another version");
    }

    @Test
    void aReleaseNeedsAKey() throws Exception {
        verifyNoRelease(release("0.1.0"), "no key to sign with; name one by --key");
        verifyNoRelease(release("--key", "other@example.net", "0.1.0"), "no secret key 'other@example.net'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0.2.0 | no section '## 0.2.0 (not released)'",
                "1 | 0.3.0 | the section '## 0.3.0 (not released)' of CHANGELOG.md is empty",
                "1 | --push upstream 0.1.0 | git has no remote 'upstream'; it has: origin",
                "2 | 0.1 | invalid version 0.1; it has three numbers",
                "2 | v0.1.0 | invalid version v0.1.0",
                "2 | 0.1.0-SNAPSHOT | invalid version 0.1.0-SNAPSHOT",
                "2 | --next 0.1.0 0.1.0 | --next 0.1.0 is the version that is released",
                "2 | --next soon 0.1.0 | invalid version soon after --next",
                "2 | --push | --push needs a value",
                "2 | --sign 0.1.0 | unknown option --sign",
                "2 | 0.1.0 0.2.0 | one VERSION only",
                "2 | '' | name the VERSION",
            })
    void anInvalidArgumentIsNamed(int status, String arguments, String message) throws Exception {
        List<String> all = new ArrayList<>(List.of("--key", KEY));
        Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).forEach(all::add);

        Outcome outcome = release(all.toArray(String[]::new));

        assertThat(outcome.err()).startsWith("release: ").contains(message).hasLineCount(1);
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(git("tag")).isEmpty();
    }

    /** This repository as it was last committed, with Maven itself. */
    @Test
    @Tag("long")
    @Timeout(1500)
    void theProjectItselfIsReleasedWithIdenticalBuilds() throws Exception {
        Files.delete(folder.resolve("bin/mvn"));
        Path origin = Path.of("").toAbsolutePath();
        assumeTrue(Files.exists(origin.resolve(".git")), "a checkout of git is needed");
        ServerProcess.run(folder, environment(), List.of("rm", "-r", checkout().toString()));
        ServerProcess.run(
                folder,
                environment(),
                List.of("git", "clone", "-q", origin.toString(), checkout().toString()));
        git("checkout", "-q", "-B", "main");
        git("config", "user.name", "A maintainer");
        git("config", "user.email", KEY);
        ServerProcess.run(folder, environment(), List.of("git", "init", "-q", "--bare", "new.git"));
        git("remote", "set-url", "origin", folder.resolve("new.git").toString());

        Outcome outcome = release("--key", KEY, "--push", "origin", "--skip-tests", "0.1.0");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        Path files = checkout().resolve("target/release/0.1.0");
        verifyFiles(files);
        assertThat(git("ls-remote", "origin", "v0.1.0")).isNotEmpty();
        ServerProcess.run(
                folder,
                environment(),
                List.of(
                        "tar",
                        "xf",
                        files.resolve("tigase-devstate-0.1.0.tar.gz").toString()));
        assertThat(ServerProcess.run(
                        folder, environment(), List.of("tigase-devstate-0.1.0/scripts/devstatectl", "--version")))
                .startsWith("tigase-devstate 0.1.0");
    }

    private void verifyNoRelease(Outcome outcome, String message) {
        assertThat(outcome.err()).contains("release: ").contains(message);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(git("tag")).isEmpty();
        assertThat(git("log", "--format=%s")).doesNotContain("Release");
        assertThat(checkout().resolve("target")).doesNotExist();
    }

    private static void verifyFiles(Path files) throws IOException {
        try (Stream<Path> found = Files.list(files)) {
            List<String> expected = new ArrayList<>(FILES);
            expected.add("SHA256SUMS");
            List.copyOf(expected).forEach(name -> expected.add(name + ".asc"));
            assertThat(found.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
        for (String name : FILES) {
            assertThat(gpg(
                            "--verify",
                            files.resolve(name + ".asc").toString(),
                            files.resolve(name).toString()))
                    .contains("Good signature");
        }
        assertThat(gpg(
                        "--verify",
                        files.resolve("SHA256SUMS.asc").toString(),
                        files.resolve("SHA256SUMS").toString()))
                .contains("Good signature");
        assertThat(ServerProcess.run(
                        files, Map.of("LC_ALL", "C"), List.of("sha256sum", "--strict", "-c", "SHA256SUMS")))
                .hasLineCount(FILES.size());
    }

    private Outcome release(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    private Outcome run(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("scripts/release"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(checkout().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().putAll(more);
        int status = builder.start().waitFor();
        return new Outcome(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private void commit(String subject) {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", subject);
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return ServerProcess.run(checkout(), environment(), command);
    }

    private static String gpg(String... arguments) {
        List<String> command = new ArrayList<>(List.of("gpg"));
        command.addAll(List.of(arguments));
        return ServerProcess.run(keys, environment(), command);
    }

    /** Nothing of the person who runs the tests: no keys, and no configuration of git. */
    private static Map<String, String> environment() {
        return Map.of(
                "GNUPGHOME",
                keys.toString(),
                "GIT_CONFIG_GLOBAL",
                "/dev/null",
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "LC_ALL",
                "C.UTF-8");
    }

    private Path checkout() {
        return folder.resolve("checkout");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
