// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.devstate.component.ComponentConfig.InvalidException;
import org.devstate.component.store.StoreConfig;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.LeaseTerms;
import org.devstate.core.policy.Limits;
import org.devstate.core.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTest {

    private static final String LEAST =
            """
            server.host = xmpp.example.net
            component { address = devstate.example.net, secret = s3cret }
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aMissingKeyHasItsDefault() throws Exception {
        ComponentConfig config = read(LEAST);
        assertThat(config.link().host()).isEqualTo("xmpp.example.net");
        assertThat(config.link().port()).isEqualTo(5347);
        assertThat(config.link().address()).isEqualTo("devstate.example.net");
        assertThat(config.link().secret()).isEqualTo("s3cret");
        assertThat(config.link().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.firstConnectTimeout()).isNull();
        assertThat(config.reconnectMin()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.reconnectMax()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.policy().isClosed()).isTrue();
    }

    @Test
    void everyKeyIsRead() throws Exception {
        ComponentConfig config = read(
                """
                server {
                  host = 192.0.2.1
                  port = 8888
                  connect-timeout = 1s
                  first-connect-timeout = 1 minute
                  reconnect-min = 200   # milliseconds, where no unit is given
                  reconnect-max = 3 seconds
                }
                component.address = "devstate.example.net"
                component.secret = " s3cret "
                accounts = [ "pbx*@example.net", "lab@example.org" ]
                """);
        assertThat(config.link().host()).isEqualTo("192.0.2.1");
        assertThat(config.link().port()).isEqualTo(8888);
        assertThat(config.link().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.firstConnectTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.reconnectMin()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.reconnectMax()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.link().secret()).isEqualTo("s3cret");
        assertThat(config.policy().siteOf(Jid.of("pbx7@example.net"))).isNotNull();
        assertThat(config.policy().siteOf(Jid.of("lab@example.org"))).isNotNull();
        assertThat(config.policy().siteOf(Jid.of("lab@example.net"))).isNull();
    }

    @Test
    void theSecretIsNeverShown() throws Exception {
        assertThat(read(LEAST)).asString().doesNotContain("s3cret").contains("devstate.example.net");
    }

    @Test
    void allFaultsAreNamedAtOnceWithTheirLines() throws IOException {
        List<String> faults = faults(
                """
                server.port = 70000
                server.connect-timeout = 1ms
                server.reconnect-min = 2 days
                server.hots = "xmpp.example.net"
                component.address = "alice@example.net"
                component.secret = s3cret
                component.secret-file = "secret"
                accounts = [ "a@b/c", "ok@example.net", "" ]
                colour = blue
                """);
        assertThat(faults)
                .hasSize(9)
                .anySatisfy(fault -> assertThat(fault).contains("server.host is missing"))
                .anySatisfy(fault -> assertThat(fault).contains("line 1:", "server.port", "1..65535", "70000"))
                .anySatisfy(
                        fault -> assertThat(fault).contains("line 2:", "server.connect-timeout", "100ms..1d, not 1ms"))
                .anySatisfy(fault -> assertThat(fault).contains("line 3:", "server.reconnect-min"))
                .anySatisfy(fault -> assertThat(fault).contains("line 4:", "'server.hots'", "server.host,"))
                .anySatisfy(fault -> assertThat(fault).contains("line 5:", "component.address", "'alice@example.net'"))
                .anySatisfy(fault -> assertThat(fault).contains("component.secret-file", "not both"))
                .anySatisfy(fault -> assertThat(fault).contains("line 8:", "'a@b/c'", "''"))
                .anySatisfy(fault -> assertThat(fault).contains("line 9:", "'colour'"))
                .allSatisfy(
                        fault -> assertThat(fault).contains("component.conf").doesNotContain("s3cret", "\n"));
    }

    @Test
    void theSitesOfAPolicyAreRead() throws Exception {
        Policy policy = read(LEAST + "policy = \"\"\"\n  site paris\n    servers a@b\n\"\"\"")
                .policy();
        assertThat(policy.siteOf(Jid.of("a@b"))).isEqualTo(policy.site("paris"));
    }

    @Test
    void accountsAloneMakeOneSiteWithItsTerms() throws Exception {
        Policy policy = read(LEAST + "accounts = [ \"a@b\" ], grace = 5s, offline-state = UNKNOWN")
                .policy();
        LeaseTerms terms = policy.sites().get(0).tuning().terms();
        assertThat(policy.sites()).hasSize(1);
        assertThat(terms).isEqualTo(new LeaseTerms(5_000, DeviceState.UNKNOWN));
    }

    @Test
    void allErrorsOfAPolicyAreReported() throws IOException {
        assertThat(
                        faults(
                                LEAST
                                        + """
                        accounts = [ "a@b" ]
                        grace = 5s
                        offline-state = keep
                        policy = \"\"\"
                          site Paris
                            servers a
                        \"\"\"
                        """))
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault).contains("accounts is for one site only"))
                .anySatisfy(fault -> assertThat(fault).contains("grace is for one site only"))
                .anySatisfy(fault -> assertThat(fault).contains("offline-state is for one site only"))
                .anySatisfy(fault -> assertThat(fault).contains("policy: line 2, column 8:", "'Paris'"))
                .anySatisfy(fault -> assertThat(fault).contains("policy: line 3, column 13:", "'a'"));
    }

    @Test
    void theIntervalOfProbesIsTakenAtItsEdgesAndRejectedBeyondThem() throws Exception {
        assertThat(read(LEAST).probeInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(read(LEAST + "probe-interval = 1s").probeInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(read(LEAST + "probe-interval = 1d").probeInterval()).isEqualTo(Duration.ofDays(1));
        for (String wrong : List.of("999ms", "25h", "soon")) {
            assertThat(faults(LEAST + "probe-interval = " + wrong))
                    .singleElement()
                    .asString()
                    .contains("probe-interval");
        }
    }

    @Test
    void limitsAreTakenAtTheirEdgesAndRejectedBeyondThem() throws Exception {
        assertThat(read(LEAST).limits()).isEqualTo(Limits.DEFAULT);
        String limits =
                "limits { entries-per-account = %d, eids-per-account = %d, subscriptions-per-account = %d, stanza-characters = %d,"
                        + " snapshot-rate = %d }%n";
        assertThat(read(LEAST + limits.formatted(1, 1, 2, 2_000, 100)).limits())
                .isEqualTo(new Limits(1, 1, 2, 2_000, 100));
        assertThat(read(LEAST + limits.formatted(10_000_000, 100_000, 10_000, 1_000_000, 1_000_000))
                        .limits())
                .isEqualTo(new Limits(10_000_000, 100_000, 10_000, 1_000_000, 1_000_000));
        assertThat(faults(LEAST + limits.formatted(0, 0, 1, 1_999, 99)))
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault).contains("limits.eids-per-account", "1..100000, not 0"))
                .anySatisfy(fault -> assertThat(fault).contains("limits.snapshot-rate", "100..1000000, not 99"))
                .anySatisfy(fault -> assertThat(fault).contains("limits.entries-per-account", "1..10000000, not 0"))
                .anySatisfy(fault -> assertThat(fault).contains("limits.subscriptions-per-account", "2..10000, not 1"))
                .anySatisfy(fault -> assertThat(fault).contains("limits.stanza-characters", "2000..1000000, not 1999"));
        assertThat(faults(LEAST + limits.formatted(10_000_001, 100_001, 10_001, 1_000_001, 1_000_001)))
                .hasSize(5);
    }

    @Test
    void anEmptyFileLacksKeysWithoutDefault() throws IOException {
        assertThat(faults("")).hasSize(3).anySatisfy(fault -> assertThat(fault).contains("server.host"));
    }

    @ParameterizedTest
    @CsvSource({
        "server.port, 1, 0",
        "server.port, 65535, 65536",
        "server.connect-timeout, 100 ms, 99 ms",
        "server.connect-timeout, 1 day, 86400001 ms",
        "server.first-connect-timeout, 0, -1 ms",
        "server.first-connect-timeout, 24 hours, 25 hours",
        "server.reconnect-min, 10, 9",
        "server.reconnect-min, 5 s, 5001 ms",
        "server.reconnect-max, 100 ms, 99 ms",
        "server.reconnect-max, 1 d, 2 d",
        "server.port, 5347, '\"\"'",
        "server.port, 5347, x",
        "server.port, 5347, 99999999999999999999",
        "server.connect-timeout, 5 s, soon",
        "server.connect-timeout, 5 s, [1]",
        "server.host, a, '\" \"'",
        "server.host, a, { b = c }",
        "component.address, a.b, '\"a@b\"'",
        "component.address, a.b, a/b",
        "component.address, a.b, '\"a b\"'",
        "component.address, a.b, '\"\"'",
        "component.secret, s, '\"\"'",
        "accounts, [], '\"*@example.net\"'",
        "accounts, [ \"*@*\" ], [ { a = b } ]",
    })
    void eachRangeIsHeldOnBothSides(String key, String good, String bad) throws Exception {
        assertThat(read(LEAST + key + " = " + good)).isNotNull();
        assertThat(faults(LEAST + key + " = " + bad)).isNotEmpty().allSatisfy(fault -> assertThat(fault)
                .contains(key, "component.conf"));
    }

    @Test
    void theSecretMayBeInAFileBesideTheConfiguration() throws Exception {
        Files.writeString(directory.resolve("secret"), "  s3cret\n");
        assertThat(read("server.host = a\ncomponent { address = b, secret-file = secret }")
                        .link()
                        .secret())
                .isEqualTo("s3cret");
        Path absolute = directory.resolve("secret").toAbsolutePath();
        assertThat(read("server.host = a\ncomponent { address = b, secret-file = \"" + absolute + "\" }")
                        .link()
                        .secret())
                .isEqualTo("s3cret");
    }

    @Test
    void byDefaultTheStoreIsAFileBesideTheConfiguration() throws Exception {
        Path folder = directory.toAbsolutePath().resolve("data");
        Path file = folder.resolve("devstate");
        StoreConfig expected = new StoreConfig("jdbc:h2:file:" + file, "devstate", "", Duration.ofSeconds(1), folder);

        assertThat(read(LEAST).store()).isEqualTo(expected);
    }

    @Test
    void systemdNamesTheFolderOfAService() {
        assertThat(StoreConfig.defaultUrl(null)).isEqualTo("jdbc:h2:file:./data/devstate");
        assertThat(StoreConfig.defaultUrl("/var/lib/a")).isEqualTo("jdbc:h2:file:/var/lib/a/devstate");
        assertThat(StoreConfig.defaultUrl("/var/lib/a:/var/lib/b")).isEqualTo("jdbc:h2:file:/var/lib/a/devstate");
        assertThat(StoreConfig.defaultFolder(null)).isEqualTo(Path.of("./data"));
        assertThat(StoreConfig.defaultFolder("/var/lib/a:/var/lib/b")).isEqualTo(Path.of("/var/lib/a"));
    }

    @Test
    void theStoreMayBeAnywhere() throws Exception {
        Files.writeString(directory.resolve("pw"), "s3cret\n");
        StoreConfig store = read(LEAST
                        + """
                                store {
                                  url = "jdbc:postgresql://db.example.net/devstate?sslmode=require"
                                  user = other, password-file = pw, write-interval = 10ms
                                }
                                """)
                .store();
        assertThat(store.url()).isEqualTo("jdbc:postgresql://db.example.net/devstate?sslmode=require");
        assertThat(store.fullUrl()).isEqualTo(store.url());
        assertThat(store.user()).isEqualTo("other");
        assertThat(store.password()).isEqualTo("s3cret");
        assertThat(store.writeInterval()).isEqualTo(Duration.ofMillis(10));
        assertThat(store).asString().doesNotContain("s3cret");

        assertThat(read(LEAST + "store.url = \"jdbc:h2:file:../x/y;CIPHER=AES\"")
                        .store()
                        .url())
                .isEqualTo("jdbc:h2:file:"
                        + directory.toAbsolutePath().resolve("../x/y").normalize() + ";CIPHER=AES");
        assertThat(read(LEAST + "store.url = none").store().isPersistent()).isFalse();
        assertThat(read(LEAST + "store.write-interval = 1h").store().writeInterval())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void errorsOfTheStoreAreReportedWithAllOthers() throws IOException {
        List<String> faults = faults(
                """
                component.address = devstate.example.net
                component.secret = s3cret
                store.url = "jdbc:oracle:thin:devstate/pa55@db"
                store.user = { a = b }
                store.password-file = absent
                store.write-interval = 9ms
                """);
        assertThat(faults)
                .anySatisfy(fault -> assertThat(fault).contains("server.host is missing"))
                .anySatisfy(fault -> assertThat(fault)
                        .contains("line 3:", "store.url", "jdbc:h2:file:", "jdbc:postgresql:", "none")
                        .doesNotContain("pa55"))
                .anySatisfy(fault -> assertThat(fault).contains("store.user"))
                .anySatisfy(fault -> assertThat(fault).contains("line 5:", "store.password-file", "absent"))
                .anySatisfy(
                        fault -> assertThat(fault).contains("line 6:", "store.write-interval", "10ms..1h, not 9ms"));
        assertThat(faults(LEAST + "store.write-interval = 61m"))
                .singleElement()
                .asString()
                .contains("store.write-interval");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "empty", ".", "binary", "a\\u0000b"})
    void aSecretFileMustHoldASecret(String name) throws IOException {
        Files.writeString(directory.resolve("empty"), " \n");
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(faults("server.host = a\ncomponent.address = b\ncomponent.secret-file = \"" + name + "\""))
                .singleElement()
                .asString()
                .contains("line 3:", "component.secret-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "server { host = a", "a = ${nowhere}", "= 1", "server.host = \"a", "\0"})
    void anUnreadableConfigurationIsOneFault(String text) throws IOException {
        assertThat(faults(text))
                .singleElement()
                .asString()
                .contains("component.conf")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.conf", "."})
    void aFileThatCannotBeReadIsOneFault(String name) {
        Path file = directory.resolve(name);
        InvalidException rejection = catchThrowableOfType(InvalidException.class, () -> ConfigReader.read(file));
        assertThat(rejection.faults()).singleElement().asString().contains(file.toString());
    }

    private ComponentConfig read(String text) throws IOException, InvalidException {
        return ConfigReader.read(Files.writeString(directory.resolve("component.conf"), text));
    }

    private List<String> faults(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("component.conf"), text);
        return catchThrowableOfType(InvalidException.class, () -> ConfigReader.read(file))
                .faults();
    }
}
