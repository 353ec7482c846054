package org.devstate.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.ctl.command.Terminal;
import org.junit.jupiter.api.Test;

/** The commands that README and guides name: the table of the service's commands, and those of {@code devstatectl} in examples. */
final class GuideCommandsTest {

    private static final Path GUIDES = Path.of("src/site/markdown");

    private static final Pattern TABLE = Pattern.compile("^# Administration\n.*?\n(\\|.*?)\n\n", Pattern.DOTALL);
    private static final Pattern FIRST_COLUMN = Pattern.compile("^\\|([^|]*)\\|", Pattern.MULTILINE);

    /** The second of two related commands may be written without its prefix. */
    private static final Pattern COMMAND = Pattern.compile("`(?:devstate)?-([a-z-]+)`");

    /** Subcommands that are no command of the service. */
    private static final Set<String> OWN = Set.of("setup", "serve", "hash-password", "new-token");

    private static final Pattern EXAMPLE =
            Pattern.compile("(?:`|^ +)devstatectl ([a-z]+(?:-[a-z]+)*)", Pattern.MULTILINE);

    @Test
    void theTableOfCommandsHasEverySubcommandAndNoOther() throws IOException {
        Set<String> inTable = FIRST_COLUMN
                .matcher(table())
                .results()
                .flatMap(row -> COMMAND.matcher(row.group(1)).results())
                .map(command -> command.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(inTable)
                .isEqualTo(subcommands().stream()
                        .filter(name -> !OWN.contains(name))
                        .map(name -> name.equals("watch") ? "changes" : name)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theExamplesNameSubcommandsThatExist() throws IOException {
        Set<String> named = EXAMPLE.matcher(texts())
                .results()
                .map(example -> example.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).contains("servers", "add-site").isSubsetOf(subcommands());
    }

    private static String table() throws IOException {
        return TABLE.matcher(Files.readString(GUIDES.resolve("administration.md")))
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElseThrow();
    }

    private static Set<String> subcommands() {
        return Devstatectl.commandLine(login -> new FakeService(), Terminal.ofProcess())
                .getSubcommands()
                .keySet();
    }

    private static String texts() throws IOException {
        StringBuilder texts = new StringBuilder(Files.readString(Path.of("README.md")));
        try (Stream<Path> guides = Files.list(GUIDES)) {
            for (Path guide : guides.filter(Files::isRegularFile).toList()) {
                texts.append('\n').append(Files.readString(guide));
            }
        }
        return texts.toString();
    }
}
