// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Tigase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Installations that {@code scripts/install-plugin} cannot work with: it prints one line, and changes nothing. */
@Tag("e2e")
@Execution(ExecutionMode.CONCURRENT) // beside the other classes: it mostly waits for the script
@ResourceLock("InstallPluginRejectionsIT") // its own tests one after another
@EnabledIf(
        value = "org.devstate.e2e.PluginInTigaseIT#tigaseIsThere",
        disabledReason = "NOT RUN: there is no Tigase here; set TIGASE_HOME to one")
final class InstallPluginRejectionsIT {

    private static final Path FOLDER = Office.FOLDER.resolve("InstallPluginRejectionsIT");
    private static final Path ARCHIVE = Path.of(System.getProperty("devstate.archive"));
    private static final String NOBODY = "65534";
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private final InstallPlugin script = new InstallPlugin(FOLDER.resolve("scripts"));

    @TempDir
    private Path temporary = Path.of("");

    @Test
    void wrongUsageIsStatus2() {
        assertThat(script.run("--wrong").status()).isEqualTo(2);
        assertThat(script.run().status()).isEqualTo(2);
        assertThat(script.run("--preview").status()).isEqualTo(2);
        assertThat(script.run("--admin", "admin@example.net", "/").status()).isEqualTo(2);
        assertThat(script.run("one", "two").status()).isEqualTo(2);
        assertThat(script.run("--uninstall", "--accounts", "a@b", "one").status())
                .isEqualTo(2);
    }

    @Test
    void foldersThatAreNoTigaseOrAnotherRelease() throws IOException {
        assertThat(script.run(temporary.resolve("nowhere").toString()).rejection())
                .contains("is no Tigase installation: it has no folder jars");
        Path home = temporary.resolve("home");
        Files.createDirectories(home.resolve("jars"));
        assertThat(script.run(home.toString()).rejection()).contains("has no tigase-server.jar");
        assertThat(script.run("--uninstall", home.toString()).rejection()).contains("the plugin is not in " + home);
    }

    @ParameterizedTest
    @CsvSource({
        "8.3.1, 5.1.0, has tigase-server 8.3.1;",
        "8.40.0, 5.2.0, has tigase-server 8.40.0;",
        "8.4.0-b12345, 5.1.0, has tigase-pubsub 5.1.0;",
        "8.4.1, 5.2.0, config.tdsl is missing;",
    })
    void anotherReleaseIsNamed(String server, String pubsub, String said) throws IOException {
        Path home = temporary.resolve("other");
        Files.createDirectories(home.resolve("jars"));
        jar(home.resolve("jars/tigase-server-" + server + ".jar"), server); // as a build has it, not a distribution
        jar(home.resolve("jars/tigase-pubsub.jar"), pubsub);

        assertRejected(home, said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dataSource () {|config.tdsl: a brace, bracket or quote is not closed",
                "a = 'b' / 'c'|config.tdsl: line 1: Cannot divide a String",
                "pubsub (class: org.example.Mine) {}|its bean pubsub is of the class org.example.Mine",
                "dataSource () {\n    default () {\n        uri = 'jdbc:derby:none'\n    }\n}|schema tool failed",
            })
    void aConfigurationThatItCantWorkWith(String wrongAndSaid) throws IOException {
        Path home = FOLDER.resolve("wrong");
        Tigase.copy(Tigase.home().orElseThrow(), home);
        List<String> parts = List.of(wrongAndSaid.split("\\|", -1));
        Files.writeString(home.resolve("etc/config.tdsl"), parts.get(0) + "\n");

        assertRejected(home, parts.get(1));
    }

    @Test
    void aTooOldJavaAlsoByTigasesOwnConfiguration() throws IOException {
        Path home = FOLDER.resolve("old java");
        Tigase.copy(Tigase.home().orElseThrow(), home);
        Path java = Files.createDirectories(temporary.resolve("jdk-11/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        String said = java + " is Java 11; 17 or newer is needed";

        Map<String, String> environment =
                Map.of("JAVA_HOME", temporary.resolve("jdk-11").toString());
        assertThat(script.run(environment, List.of("scripts/install-plugin"), home.toString())
                        .rejection())
                .contains(said);
        Files.writeString(
                home.resolve("etc/tigase.conf"),
                "JAVA_HOME=\"" + temporary.resolve("jdk-11") + "\" # ours\n#JAVA_HOME=\"/usr\"\n");
        assertRejected(home, said);
    }

    @Test
    void filesThatCannotBeReadOrWritten() throws IOException {
        assumeTrue(isRoot(), "NOT RUN: only root can be somebody else");
        Path unpacked = readableForAll(Files.createDirectories(temporary.resolve("unpacked")));
        ServerProcess.run(unpacked, Map.of(), List.of("tar", "xf", ARCHIVE.toString(), "--strip-components=1"));
        Path home = temporary.resolve("home");
        Tigase.copy(Tigase.home().orElseThrow(), home);
        readableForAll(home);
        List<String> asNobody = new ArrayList<>(AS_NOBODY);
        asNobody.add(unpacked.resolve("scripts/install-plugin").toString());

        List<String> before = InstallPlugin.content(home);
        assertThat(script.run(Map.of(), asNobody, home.toString()).rejection()).contains("/jars cannot be written");

        own(home.resolve("jars"));
        own(home.resolve("database"));
        assertThat(script.run("--configure", home.toString()).rejection())
                .contains("belongs to nobody; run this as nobody");
        assertThat(script.run(Map.of(), asNobody, "--configure", home.toString())
                        .rejection())
                .contains("config.tdsl cannot be written");
        Files.setPosixFilePermissions(home.resolve("etc/config.tdsl"), PosixFilePermissions.fromString("rw-------"));
        assertThat(script.run(Map.of(), asNobody, home.toString()).rejection()).contains("config.tdsl cannot be read");
        Files.setPosixFilePermissions(home.resolve("etc/config.tdsl"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(InstallPlugin.content(home)).isEqualTo(before);

        ServerProcess.run(home, Map.of(), List.of("chown", "-R", NOBODY, home.toString()));
        assertThat(script.run(Map.of(), asNobody, "--configure", home.toString())
                        .success())
                .contains("start Tigase");
    }

    private void assertRejected(Path home, String said) {
        List<String> before = InstallPlugin.content(home);
        assertThat(script.run("--configure", home.toString()).rejection()).contains(said);
        assertThat(InstallPlugin.content(home)).isEqualTo(before);
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Files.createTempFile("whose", ""), "unix:uid").equals(0);
    }

    private Path readableForAll(Path folder) throws IOException {
        for (Path each : List.of(temporary, folder)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }

    private static void own(Path folder) {
        ServerProcess.run(folder, Map.of(), List.of("chown", NOBODY, folder.toString()));
    }

    private static void jar(Path file, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }
}
