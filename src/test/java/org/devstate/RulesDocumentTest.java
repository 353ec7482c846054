// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule of src/site/markdown/rules.md names the tests that hold it. */
final class RulesDocumentTest {

    private static final Path RULES = Path.of("src/site/markdown/rules.md");
    private static final Path TESTS = Path.of("src/test/java");

    /** A row: number, rule, tests. */
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| (.+) \\| ([^|]+) \\|$", Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|Property)\\b");

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(RULES)).results().toList();
    }

    @Test
    void rulesAreNumberedInOrder() throws IOException {
        List<Integer> numbers =
                rows().stream().map(row -> Integer.valueOf(row.group(1))).toList();
        assertThat(numbers)
                .hasSizeGreaterThan(10)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void everyRuleNamesTestsThatExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (MatchResult row : rows()) {
            List<String> names = NAME.matcher(row.group(3))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            if (names.isEmpty()) {
                missing.add("rule " + row.group(1) + " names no test");
            }
            for (String name : names) {
                if (!hasTests(name)) {
                    missing.add("rule " + row.group(1) + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static boolean hasTests(String name) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(name + ".java")).toList();
            return found.size() == 1
                    && TEST.matcher(Files.readString(found.get(0))).find();
        }
    }
}
