// SPDX-License-Identifier: Apache-2.0
package org.devstate.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.Commands.Offer;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.form.Column;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.ServiceFixture;
import org.devstate.ctl.Devstatectl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of commands has the texts of {@code --help}, and the forms of the service's commands. */
final class CommandReferenceTest {

    private final Commands commands = Commands.of(
            new ServiceFixture().service.administration(),
            Enrolment.at(ServiceFixture.SERVICE, new AdminFixture.FakeAccounts()),
            jid -> true);
    private final CommandLine devstatectl = Devstatectl.model();
    private final StringBuilder page = new StringBuilder();

    @Test
    void thePageHasEachCommandWithItsArgumentsAndItsForm() throws IOException {
        page.append("## All commands\n\n");
        page.append(ReferencePage.head("devstatectl", "in an XMPP client", "what it does"));
        subcommands().forEach(this::summary);
        page.append("\n## Options of each command\n");
        arguments(devstatectl.getCommandSpec());
        subcommands().forEach(this::command);
        new ReferencePage("reference-commands").assertHas(page.toString());
    }

    @Test
    void eachCommandOfTheServiceIsThatOfASubcommand() {
        assertThat(commands.offers())
                .hasSizeGreaterThan(20)
                .allSatisfy(offer -> assertThat(subcommands().map(this::offer)).contains(offer));
    }

    private Stream<CommandSpec> subcommands() {
        return devstatectl.getSubcommands().values().stream().map(CommandLine::getCommandSpec);
    }

    private @Nullable Offer offer(CommandSpec command) {
        String name = command.name().equals("watch") ? "changes" : command.name();
        return commands.offers().stream()
                .filter(offer -> offer.node().equals(Commands.PREFIX + name))
                .findFirst()
                .orElse(null);
    }

    private void summary(CommandSpec command) {
        Offer offer = offer(command);
        page.append(ReferencePage.row(
                "[%1$s](#%1$s)".formatted(command.name()),
                offer == null ? "–" : "`" + offer.node() + "`",
                markdown(sentence(command))));
    }

    private static String sentence(CommandSpec command) {
        return text(command.usageMessage().description())
                .replaceFirst("(?s)([.:]) .*", "$1")
                .replaceFirst("\\s*:$", ".");
    }

    private void command(CommandSpec command) {
        Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
        page.append("\n## ").append(command.name()).append("\n\n`");
        page.append(help.synopsis(0).strip().replaceAll("\\s+", " ")).append("`\n");
        paragraphs(command.usageMessage().description());
        arguments(command);
        paragraphs(command.usageMessage().footer());
        Offer offer = offer(command);
        if (offer != null) {
            form(offer);
        }
    }

    private void arguments(CommandSpec command) {
        List<String> rows = new ArrayList<>();
        command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .forEach(parameter -> rows.add(argument(parameter.paramLabel(), parameter)));
        command.options().stream()
                .filter(option ->
                        !option.hidden() && !option.inherited() && !option.usageHelp() && !option.versionHelp())
                .sorted(Comparator.comparingInt(OptionSpec::order))
                .forEach(option -> rows.add(argument(names(option), option)));
        if (!rows.isEmpty()) {
            page.append('\n').append(ReferencePage.head("argument", "what it does"));
            rows.forEach(page::append);
        }
    }

    private static String names(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return String.join(", ", option.names()) + value;
    }

    private static String argument(String term, ArgSpec argument) {
        return ReferencePage.row("`" + term + "`", markdown(text(argument.description())));
    }

    /** Paragraphs, and lines that begin with blanks as blocks: shell lines if they are announced as examples, else text. */
    private void paragraphs(String[] lines) {
        List<String> text = new ArrayList<>();
        List<String> block = new ArrayList<>();
        String language = "text";
        for (String line :
                Arrays.stream(lines).flatMap(each -> resolved(each).lines()).toList()) {
            if (line.startsWith(" ")) {
                endParagraph(text);
                block.add(line.substring(2));
                continue;
            }
            endBlock(block, language);
            if (line.matches("(Examples?|Then, for example):")) {
                language = "shell";
            } else if (line.isBlank()) {
                endParagraph(text);
            } else {
                language = "text";
                text.add(line);
            }
        }
        endParagraph(text);
        endBlock(block, language);
    }

    private void endParagraph(List<String> text) {
        if (!text.isEmpty()) {
            page.append('\n').append(markdown(String.join(" ", text).strip())).append('\n');
            text.clear();
        }
    }

    private void endBlock(List<String> block, String language) {
        if (!block.isEmpty()) {
            page.append("\n```").append(language).append('\n');
            block.forEach(line -> page.append(line).append('\n'));
            page.append("```\n");
            block.clear();
        }
    }

    private void form(Offer offer) {
        Step step = commands.begin(AdminFixture.ADMIN, offer.node());
        if (step instanceof Step.Stage stage) {
            page.append("\nIn an XMPP client: `")
                    .append(offer.node())
                    .append("`, *")
                    .append(offer.title())
                    .append("*.\n\n");
            page.append(ReferencePage.head("field", "label", "what it takes"));
            stage.form().fields().forEach(field -> page.append(field(field)));
            step = stage.form().fields().stream()
                            .anyMatch(field -> field.prompt().required())
                    ? stage
                    : commands.submit(AdminFixture.ADMIN, stage, Map.of());
        } else {
            page.append("\nIn an XMPP client: `")
                    .append(offer.node())
                    .append("`, *")
                    .append(offer.title())
                    .append("*, without a form.\n");
        }
        if (step instanceof Step.Done done && done.result().table() != null) {
            page.append("\nColumns: ")
                    .append(done.result().table().columns().stream()
                            .map(Column::name)
                            .map(name -> "`" + name + "`")
                            .collect(Collectors.joining(", ")))
                    .append(".\n");
        }
    }

    private static String field(Field field) {
        List<String> parts = new ArrayList<>();
        parts.add(field.prompt().required() ? "Required." : "");
        parts.add(field.prompt().description());
        parts.add(
                field.prompt().options().isEmpty()
                        ? ""
                        : "One of: " + String.join(", ", field.prompt().options()) + ".");
        return ReferencePage.row(
                "`" + field.name() + "`",
                markdown(field.label()),
                markdown(String.join(" ", parts).strip()));
    }

    private static String text(String[] lines) {
        return Arrays.stream(lines).map(CommandReferenceTest::resolved).collect(Collectors.joining(" "));
    }

    private static String resolved(String line) {
        return Help.Ansi.OFF.string(String.format(Locale.ROOT, line));
    }

    private static String markdown(String text) {
        return text.replace("\\", "\\\\")
                .replace("*", "\\*")
                .replace("<", "\\<")
                .replace("`", "\\`");
    }
}
