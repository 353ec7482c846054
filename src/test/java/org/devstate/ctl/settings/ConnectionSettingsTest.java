// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class ConnectionSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    @Command
    private static final class Holder {
        @Mixin
        private ConnectionOptions options = new ConnectionOptions();
    }

    private ConnectionSettings settings(String... arguments) throws Failure {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return ConnectionSettings.of(holder.options, List.of(folder.resolve("own.conf"), folder.resolve("all.conf")));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void optionsAloneAreEnough() throws Exception {
        assertThat(settings("--service", "devstate.example.net", "--as", "admin@example.net"))
                .isEqualTo(new ConnectionSettings(
                        "devstate.example.net",
                        "admin",
                        "example.net",
                        null,
                        null,
                        5222,
                        null,
                        Duration.ofSeconds(10)));
    }

    @Test
    void aSectionHasItsOwnKeysAndFilesInItAreRelativeToTheFile() throws Exception {
        Path file = write(
                "serve.conf",
                """
                service = devstate.example.net
                serve { listen = "127.0.0.1:1", users = u, webhooks = w, behind-proxy = true, streams = 5 }
                """);
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs("--config", file.toString());
        assertThat(ConnectionSettings.section(holder.options, "serve"))
                .isEqualTo(Map.of(
                        "listen",
                        "127.0.0.1:1",
                        "users",
                        folder.resolve("u").toString(),
                        "webhooks",
                        folder.resolve("w").toString(),
                        "behind-proxy",
                        true,
                        "streams",
                        5));
    }

    @Test
    void theFileAloneIsEnoughAndFilesInItAreRelativeToIt() throws Exception {
        write(
                "own.conf",
                """
                service = devstate.example.net
                as = "admin@example.net"
                password-file = secret
                trust-certificate = /etc/cert.pem
                host = localhost
                port = 5223
                timeout = 20
                """);
        assertThat(settings())
                .isEqualTo(new ConnectionSettings(
                        "devstate.example.net",
                        "admin",
                        "example.net",
                        folder.resolve("secret"),
                        "localhost",
                        5223,
                        Path.of("/etc/cert.pem"),
                        Duration.ofSeconds(20)));
    }

    @Test
    void theSampleIsValidAndNamesEveryKey() throws Exception {
        Path sample = Path.of("etc", "devstatectl.conf");
        assertThat(settings("--config", sample.toString()))
                .isEqualTo(settings("--service", "devstate.example.net", "--as", "admin@example.net"));
        for (String key : List.of("service", "as", "password-file", "host", "port", "trust-certificate", "timeout")) {
            assertThat(Files.readAllLines(sample)).anyMatch(line -> line.matches("(# )?" + key + " = .*"));
        }
    }

    @Test
    void optionsOverrideTheFileAndOneFileTheNext() throws Exception {
        write("own.conf", "service = a.example.net, as = \"admin@example.net\", port = 1");
        write("all.conf", "service = b.example.net, timeout = 99");
        assertThat(settings().service()).isEqualTo("a.example.net");
        assertThat(settings("--service", "c.example.net").service()).isEqualTo("c.example.net");
        assertThat(settings("--service", "c.example.net").port()).isEqualTo(1);
        assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPortAloneIsThatOfTheDomain() throws Exception {
        assertThat(settings("--service", "d", "--as", "a@b.net", "--port", "5223")
                        .host())
                .isEqualTo("b.net");
    }

    @Test
    void aNamedFileMustExist() {
        assertThatThrownBy(
                        () -> settings("--config", folder.resolve("absent.conf").toString()))
                .hasMessageContaining("absent.conf");
    }

    @Test
    void allErrorsOfTheFileAreReportedTogetherAndAPasswordIsOne() throws Exception {
        Path file = write("x.conf", "service = d\npassword = secret\nport = many\n");
        assertThatThrownBy(() -> settings("--config", file.toString()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("line 2: unknown key 'password'")
                .hasMessageContaining("port")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "--as admin@example.net, --service",
        "--service d, --as",
        "--service d --as admin, --as",
        "--service d --as @example.net, --as",
        "--service d --as admin@, --as",
        "--service d --as a@b/c, --as",
        "--service d --as a@b --port 0, --port",
        "--service d --as a@b --port 65536, --port",
        "--service d --as a@b --timeout 0, --timeout",
        "--service d --as a@b --timeout 301, --timeout"
    })
    void missingSettingsAndValuesOutOfRangeAreNamed(String line, String option) {
        assertThatThrownBy(() -> settings(line.split(" ")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.status()).isEqualTo(Failure.USAGE))
                .hasMessageContaining(option);
    }

    @Test
    void aPasswordIsOneLineWithoutItsEnd() throws Exception {
        assertThat(PasswordFile.read(write("p", " a b \n"))).isEqualTo(" a b ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a\nb\n"})
    void aPasswordFileWithAnythingElseIsRejectedWithoutShowingIt(String content) throws Exception {
        Path file = write("p", content);
        assertThatThrownBy(() -> PasswordFile.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("one line");
    }

    @Test
    void aPasswordFileThatOthersMayReadIsNoticed() throws Exception {
        Path file = write("p", "x");
        file.toFile().setReadable(true, false);
        assertThat(PasswordFile.isOpenToOthers(file)).isTrue();
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
        assertThat(PasswordFile.isOpenToOthers(file)).isFalse();
    }
}
