// SPDX-License-Identifier: Apache-2.0
package org.devstate.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.component.Main;
import org.devstate.core.policy.text.PolicyParser;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.core.testing.Stanzas;
import org.devstate.ctl.Devstatectl;
import org.devstate.ctl.settings.ConnectionOptions;
import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.guides.LogMessages.LogMessage;
import org.devstate.testbed.GuideBlocks;
import org.devstate.testbed.GuideBlocks.GuideBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The blocks of the guides are valid for those who read them: no servers are needed. */
final class BlockReadersTest {

    /** The lines that a file needs besides those of the guide. */
    private static final String COMPONENT =
            """
            component { address = "devstate.example.net", secret = "a long secret" }
            server { host = "127.0.0.1" }
            """;

    private static final Pattern DEVSTATECTL = Pattern.compile("^(?:sudo |.* )?(?:scripts/)?devstatectl (.*)$");
    private static final Pattern COMPONENT_JAR =
            Pattern.compile("^(?:java -jar tigase-devstate-\\S+-component\\.jar|tigase-devstate-component) (.*)$");
    private static final Pattern OWN_SCRIPT = Pattern.compile("^(?:tigase-devstate-\\S+/)?(scripts/\\S+).*$");
    private static final Pattern PROFILE = Pattern.compile("^mvn (?:-q )?-P(\\S+).*$");

    @TempDir
    private Path folder = Path.of("");

    private static Stream<GuideBlock> shellBlocks() {
        return GuideBlocks.ofKind("shell").stream();
    }

    private static Stream<GuideBlock> policies() {
        return GuideBlocks.ofKind("sites.policy").stream();
    }

    private static Stream<GuideBlock> componentConfigurations() {
        return GuideBlocks.ofKind("component.conf").stream();
    }

    private static Stream<GuideBlock> connections() {
        return GuideBlocks.ofKind("devstatectl.conf").stream();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void thePolicyIsValid(GuideBlock block) {
        assertThat(PolicyParser.parse(block.text())).isInstanceOf(PolicyParser.ParseResult.Read.class);
    }

    @ParameterizedTest
    @MethodSource("componentConfigurations")
    void theComponentTakesTheConfiguration(GuideBlock block) throws IOException {
        Files.writeString(folder.resolve("store.password"), "secret\n");
        Path file = Files.writeString(folder.resolve("component.conf"), COMPONENT + block.text());
        StringWriter errors = new StringWriter();

        int status = new CommandLine(Main.class)
                .setOut(new PrintWriter(errors, true))
                .setErr(new PrintWriter(errors, true))
                .execute("--config", file.toString(), "--check-config");

        assertThat(status).as("%s", errors).isZero();
    }

    @ParameterizedTest
    @MethodSource("connections")
    void devstatectlTakesTheConfiguration(GuideBlock block) throws Exception {
        Path file = Files.writeString(folder.resolve("devstatectl.conf"), block.text());
        CommandLine line = Devstatectl.model();
        line.parseArgs("--config", file.toString(), "sites");
        ConnectionOptions options = line.getMixins().values().stream()
                .filter(ConnectionOptions.class::isInstance)
                .map(ConnectionOptions.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(ConnectionSettings.of(options).account()).isEqualTo("admin@example.net");
    }

    @ParameterizedTest
    @MethodSource("shellBlocks")
    void theShellReadsTheLinesAndTheirCommandsTakeTheArguments(GuideBlock block) throws Exception {
        assertThat(bash("-n", block.text())).isEmpty();
        for (String line : block.text().replace("\\\n", " ").lines().toList()) {
            arguments(DEVSTATECTL, line).ifPresent(words -> Devstatectl.model().parseArgs(words));
            arguments(COMPONENT_JAR, line).ifPresent(words -> new CommandLine(Main.class).parseArgs(words));
            group(OWN_SCRIPT, line)
                    .filter(script -> !script.equals("scripts/tigase.sh")) // Tigase's own
                    .ifPresent(script -> assertThat(Path.of(script)).isExecutable());
            for (String profile : group(PROFILE, line).stream().toList()) {
                assertThat(Files.readString(Path.of("pom.xml"))).contains("<id>" + profile + "</id>");
            }
        }
    }

    @Test
    void theServiceTakesTheItemsOfAsterisk() {
        List<String> items = GuideBlocks.of("asterisk-wire", "<item id").lines().toList();
        ServiceFixture host = new ServiceFixture();
        assertThat(items).hasSize(2).allSatisfy(item -> {
            String node = item.contains("<state") ? "device_state" : "message_waiting";
            host.sender.clear();
            host.service.handle(ALICE, Stanzas.publish(node, item));
            assertThat(host.sender.to(ALICE))
                    .extracting(answer -> answer.attribute("type"))
                    .contains("result");
        });
    }

    @Test
    void theSourcesHaveTheLinesOfTheLog() throws IOException {
        List<String> patterns = LogMessages.read(Set.of()).messages().stream()
                .map(LogMessage::text)
                .map(text ->
                        Arrays.stream(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".+")))
                .toList();
        for (GuideBlock block : GuideBlocks.ofKind("log")) {
            String line = block.text().strip().replaceFirst("^\\S+: ", "");
            assertThat(patterns).as(line).anyMatch(line::matches);
        }
    }

    @Test
    void theLinesOfHostsAreAddressesWithNames() {
        String address = "(?:\\d{1,3}\\.){3}\\d{1,3}";
        assertThat(GuideBlocks.of("cluster", "192.0.2.11 ").lines())
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.matches(address + "( +[a-z0-9]+(\\.[a-z]+)*)+"));
    }

    @Test
    void theKernelHasTheSettings() {
        assertThat(GuideBlocks.of("cluster", "net.ipv4").lines()).allSatisfy(line -> {
            assertThat(line).matches("[a-z0-9._]+ = \\d+");
            assertThat(Path.of("/proc/sys", line.replaceFirst(" .*", "").replace('.', '/')))
                    .isRegularFile();
        });
    }

    @Test
    void theAddressOfTheWallboardHasParametersOfTheTable() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/wallboard.md"));
        String query = URI.create(GuideBlocks.of("wallboard", "http").strip()).getQuery();
        assertThat(query.split("&")).hasSizeGreaterThan(2).allSatisfy(parameter -> assertThat(page)
                .contains("| `" + parameter.replaceFirst("=.*", "") + "` |"));
    }

    /** With the user, folder and options of an archive in place of those of the package. */
    @Test
    void theUnitOfTheWallboardHasSettingsOfThatOfThePackage() throws IOException {
        String unit = Files.readString(Path.of("src/deb/devstatectl/devstate-wallboard.service"));
        assertThat(GuideBlocks.of("monitoring", "[Unit]").lines())
                .filteredOn(line -> !line.isEmpty())
                .hasSizeGreaterThan(5)
                .allSatisfy(line -> assertThat(unit).contains(line.replaceFirst("=.*", "")));
    }

    private static Optional<String> group(Pattern pattern, String line) {
        return pattern.matcher(line).results().map(found -> found.group(1)).findFirst();
    }

    /** The words of a command, as the shell divides them; a part after a redirection is left out, and so are three dots. */
    private static Optional<String[]> arguments(Pattern pattern, String line) {
        return group(pattern, line)
                .map(text -> text.replaceFirst(" (?:2?>>?|<|#|\\|) .*$", "").replace(" ...", ""))
                .map(text -> bash("-c", "for word in " + text + "; do printf '%s\\n' \"$word\"; done"))
                .map(words -> words.lines().toArray(String[]::new));
    }

    private static String bash(String option, String text) {
        try {
            Process bash = new ProcessBuilder(
                            option.equals("-n") ? List.of("bash", "-n", "-c", text) : List.of("bash", option, text))
                    .redirectErrorStream(true)
                    .start();
            bash.getOutputStream().close();
            return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
