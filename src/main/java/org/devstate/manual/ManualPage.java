// SPDX-License-Identifier: Apache-2.0
package org.devstate.manual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of one command: the same texts as its {@code --help}. */
final class ManualPage {

    /** Ends the part of a description that one line of a list has room for. */
    private static final Pattern REST = Pattern.compile("[.:;](\\s.*)?$|, (so that|until|with) .*$", Pattern.DOTALL);

    private static final Pattern EXAMPLES = Pattern.compile("Examples?:");

    private final CommandSpec command;
    private final int section;
    private final TroffWriter page = new TroffWriter();

    private ManualPage(CommandSpec command, int section) {
        this.command = command;
        this.section = section;
    }

    /**
     * Returns the page.
     *
     * @param section of the manual: 1 for commands of users, 8 for those of administrators
     * @param date of the page, such as 2026-01-01
     */
    static String of(CommandLine command, int section, String date, String release) {
        return new ManualPage(command.getCommandSpec(), section).write(date, release);
    }

    /** Returns the name of the page: that of the command and of those above it, joined by hyphens. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String write(String date, String release) {
        String name = name(command);
        page.title(
                name.toUpperCase(Locale.ROOT),
                section,
                date,
                release,
                section == 8 ? "System Administration" : "User Commands");
        page.section("NAME");
        page.text(name + " - " + summary(command));
        page.section("SYNOPSIS");
        synopsis();
        page.section("DESCRIPTION");
        paragraphs(usage().description());
        arguments();
        options();
        commands();
        exitStatus();
        footer();
        seeAlso();
        return page.toString();
    }

    private UsageMessageSpec usage() {
        return command.usageMessage();
    }

    private void synopsis() {
        String all = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
                .synopsis(0)
                .strip()
                .replaceAll("\\s+", " ");
        String name = command.qualifiedName(" ");
        page.line(TroffWriter.bold(name) + TroffWriter.escaped(all.substring(name.length())));
    }

    private void arguments() {
        List<PositionalParamSpec> shown = command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (!shown.isEmpty()) {
            page.section("ARGUMENTS");
            shown.forEach(parameter -> argument(TroffWriter.italic(parameter.paramLabel()), parameter));
        }
    }

    private void options() {
        page.section("OPTIONS");
        command.options().stream()
                .filter(option -> !option.hidden() && !option.inherited())
                .sorted(Comparator.comparingInt(OptionSpec::order))
                .forEach(option -> argument(names(option), option));
        if (command.options().stream().anyMatch(OptionSpec::inherited)) {
            page.paragraph();
            page.line("Options of the connection, and " + TroffWriter.bold("--json") + ", are in "
                    + reference(name(root()), 1) + "; they can follow the command, too.");
        }
    }

    private static String names(OptionSpec option) {
        List<String> names =
                Arrays.stream(option.names()).map(TroffWriter::bold).toList();
        String value = option.arity().max() == 0 ? "" : "=" + TroffWriter.italic(option.paramLabel());
        return String.join(", ", names) + value;
    }

    private void argument(String term, ArgSpec argument) {
        page.term();
        page.line(term);
        for (String line : argument.description()) {
            page.text(resolved(line));
        }
    }

    private void commands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        page.section("COMMANDS");
        page.text("Each has a page of its own, with its options and examples.");
        for (CommandLine each : command.subcommands().values()) {
            CommandSpec subcommand = each.getCommandSpec();
            page.term();
            page.line(reference(name(subcommand), 1));
            page.text(summary(subcommand));
        }
    }

    private void exitStatus() {
        Map<String, String> statuses = usage().exitCodeList();
        if (!statuses.isEmpty()) {
            page.section("EXIT STATUS");
            statuses.forEach((status, meaning) -> {
                page.term();
                page.line(TroffWriter.bold(status));
                page.text(resolved(meaning));
            });
        }
    }

    /** Notes first, then a line that announces examples, and these. */
    private void footer() {
        List<String> lines = lines(usage().footer());
        int examples = 0;
        while (examples < lines.size() && !EXAMPLES.matcher(lines.get(examples)).matches()) {
            examples++;
        }
        List<String> notes = lines.subList(0, examples);
        if (notes.stream().anyMatch(line -> !line.isBlank())) {
            page.section("NOTES");
            paragraphs(notes.toArray(String[]::new));
        }
        if (examples < lines.size()) {
            page.section("EXAMPLES");
            paragraphs(lines.subList(examples + 1, lines.size()).toArray(String[]::new));
        }
    }

    private void seeAlso() {
        page.section("SEE ALSO");
        if (command.parent() != null) {
            page.line(reference(name(root()), 1));
            page.paragraph();
        }
        page.text("The guides: /usr/share/doc/" + name(root()) + "/src/site/markdown");
    }

    private CommandSpec root() {
        return command.root();
    }

    /** Text, filled, a blank line between paragraphs; lines that begin with blanks stay as they are. */
    private void paragraphs(String[] text) {
        List<String> indented = new ArrayList<>();
        boolean isNew = false;
        for (String line : lines(text)) {
            if (line.startsWith(" ")) {
                indented.add(line.strip());
                continue;
            }
            flush(indented);
            if (line.isBlank()) {
                isNew = true;
                continue;
            }
            if (isNew) {
                page.paragraph();
            }
            isNew = false;
            page.text(line);
        }
        flush(indented);
    }

    private void flush(List<String> indented) {
        if (!indented.isEmpty()) {
            page.verbatim(indented);
            indented.clear();
        }
    }

    private static List<String> lines(String[] text) {
        return Arrays.stream(text)
                .flatMap(line -> Arrays.stream(resolved(line).split("\\R", -1)))
                .toList();
    }

    /** Returns what the command does, in lower case and without the end of the sentence. */
    private static String summary(CommandSpec command) {
        String[] description = command.usageMessage().description();
        String first = description.length == 0 ? "" : resolved(description[0]).strip();
        String brief = REST.matcher(first).replaceFirst("");
        return brief.isEmpty() ? brief : brief.substring(0, 1).toLowerCase(Locale.ROOT) + brief.substring(1);
    }

    private static String reference(String name, int section) {
        return TroffWriter.bold(name) + "(" + section + ")";
    }

    /** As {@code --help} shows it: picocli takes each text as a format, with markup. */
    private static String resolved(String text) {
        return Help.Ansi.OFF.string(String.format(Locale.ROOT, text));
    }
}
