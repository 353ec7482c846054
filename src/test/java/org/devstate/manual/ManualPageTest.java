// SPDX-License-Identifier: Apache-2.0
package org.devstate.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.devstate.component.Main;
import org.devstate.ctl.Devstatectl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages have the texts of {@code --help}. */
final class ManualPageTest {

    private static Stream<CommandLine> commands() {
        CommandLine devstatectl = Devstatectl.model();
        return Stream.concat(
                Stream.of(devstatectl, new CommandLine(Main.class)), devstatectl.getSubcommands().values().stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachOptionOfACommandIsInItsPageWithItsDescription(CommandLine command) {
        String page = page(command);

        List<OptionSpec> own = command.getCommandSpec().options().stream()
                .filter(option -> !option.inherited())
                .toList();
        assertThat(own).isNotEmpty().allSatisfy(option -> assertThat(page)
                .contains(TroffWriter.bold(option.longestName()))
                .contains(description(option)));
        assertThat(command.getCommandSpec().positionalParameters()).allSatisfy(parameter -> assertThat(page)
                .contains(TroffWriter.italic(parameter.paramLabel()))
                .contains(description(parameter)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theNameIsOneLineWithAShortSummary(CommandLine command) {
        List<String> lines = page(command).lines().toList();

        String name = lines.get(lines.indexOf(".SH \"NAME\"") + 1);
        assertThat(lines.get(lines.indexOf(".SH \"NAME\"") + 2)).isEqualTo(".SH \"SYNOPSIS\"");
        assertThat(name)
                .startsWith(TroffWriter.escaped(ManualPage.name(command.getCommandSpec()) + " - "))
                .hasSizeLessThan(200)
                .doesNotEndWith(".");
    }

    @Test
    void theFirstPageLeadsToThatOfEachSubcommand() {
        CommandLine devstatectl = Devstatectl.model();

        assertThat(devstatectl.getSubcommands().keySet())
                .contains("add-server", "serve")
                .allSatisfy(name ->
                        assertThat(page(devstatectl)).contains(TroffWriter.bold("devstatectl-" + name) + "(1)"));
    }

    @Test
    void examplesStayAsTheyAreWritten() {
        CommandLine addServer =
                Objects.requireNonNull(Devstatectl.model().getSubcommands().get("add-server"));
        assertThat(page(addServer))
                .contains(
                        """
                        .SH "EXAMPLES"
                        .PP
                        .RS 4
                        .nf
                        devstatectl add\\-server paris pbx1
                        """);
    }

    @Test
    void charactersThatTroffWouldReplaceAreEscaped() {
        assertThat(TroffWriter.escaped("a-b 'x' \\n `~^ \"ü"))
                .isEqualTo("a\\-b \\(aqx\\(aq \\en \\(ga\\(ti\\(ha \\(dq\\[u00FC]");
    }

    @Test
    void aLineThatBeginsWithADotIsText() {
        TroffWriter page = new TroffWriter();
        page.text(".conf is the end of the name");

        assertThat(page).hasToString("\\&.conf is the end of the name\n");
    }

    private static String page(CommandLine command) {
        return ManualPage.of(command, 1, "2026-01-01", "tigase-devstate 0.1.0");
    }

    private static String description(ArgSpec argument) {
        return TroffWriter.escaped(argument.description()[0].formatted());
    }
}
