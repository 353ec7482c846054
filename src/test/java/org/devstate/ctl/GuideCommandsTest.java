// SPDX-License-Identifier: Apache-2.0
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

/** The examples in README and guides name subcommands of {@code devstatectl} that exist. */
final class GuideCommandsTest {

    private static final Path GUIDES = Path.of("src/site/markdown");

    private static final Pattern EXAMPLE =
            Pattern.compile("(?:`|^ *)devstatectl ([a-z]+(?:-[a-z]+)*)", Pattern.MULTILINE);

    @Test
    void theExamplesNameSubcommandsThatExist() throws IOException {
        Set<String> named = EXAMPLE.matcher(texts())
                .results()
                .map(example -> example.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).contains("servers", "add-site").isSubsetOf(subcommands());
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
