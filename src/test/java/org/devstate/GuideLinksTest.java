// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each link in README and guides leads to a file, and to a heading of it; and a reader finds each guide. */
final class GuideLinksTest {

    private static final Path GUIDES = Path.of("src/site/markdown");
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\")([^)\"\\s]+)[)\"]");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.+)$", Pattern.MULTILINE);

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CHANGELOG.md")));
        try (Stream<Path> guides = Files.walk(GUIDES)) {
            guides.filter(path -> path.toString().endsWith(".md")).forEach(texts::add);
        }
        return texts;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyLinkHasATarget(Path text) throws IOException {
        for (String link : links(text)) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? text : text.resolveSibling(imageOf(parts[0]));
            assertThat(target).as(link).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as(link).contains(parts[1]);
            }
        }
    }

    @Test
    void theReadmeIsShortAndLeadsToEachGuide() throws IOException {
        Path readme = Path.of("README.md");
        assertThat(Files.readAllLines(readme)).hasSizeLessThanOrEqualTo(150);
        try (Stream<Path> guides = Files.list(GUIDES)) {
            List<String> names = guides.filter(path -> path.toString().endsWith(".md"))
                    .map(Path::toString)
                    .filter(name -> !name.endsWith("index.md"))
                    .toList();
            assertThat(links(readme)).containsAll(names);
        }
    }

    /** Maven puts the images of the resources beside the pages. */
    private static String imageOf(String link) {
        return link.startsWith("images/") ? "../resources/" + link : link;
    }

    private static List<String> links(Path text) throws IOException {
        return LINK.matcher(Files.readString(text))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static List<String> anchors(Path text) throws IOException {
        return HEADING.matcher(Files.readString(text))
                .results()
                .map(GuideLinksTest::anchor)
                .toList();
    }

    /** As GitHub makes it. */
    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
