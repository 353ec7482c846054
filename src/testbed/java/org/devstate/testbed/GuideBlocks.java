// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fenced blocks of the guides: tests read and run exactly those. */
public final class GuideBlocks {

    private static final Path GUIDES = Path.of("src/site/markdown");
    private static final Pattern FENCE =
            Pattern.compile("^( *)```(\\S+)(?: (\\S+))?\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    /**
     * One block.
     *
     * @param page without its end
     * @param line of its fence
     * @param kind the file that it is part of, or else its language
     * @param text without its indentation, with an end of line
     */
    public record GuideBlock(String page, int line, String kind, String text) {

        /** Whether it is the one that {@code page} and {@code beginning} name. */
        public boolean is(String otherPage, String beginning) {
            return page.equals(otherPage) && text.startsWith(beginning);
        }

        @Override
        public String toString() {
            return page + ".md:" + line + " (" + kind + ") "
                    + text.lines().findFirst().orElse("");
        }
    }

    private GuideBlocks() {}

    /** Returns all of them, page by page. */
    public static List<GuideBlock> all() {
        try (Stream<Path> files = Files.list(GUIDES)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .flatMap(file -> blocks(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns those of one kind. */
    public static List<GuideBlock> ofKind(String kind) {
        return all().stream().filter(block -> block.kind().equals(kind)).toList();
    }

    /**
     * Returns the text of a block.
     *
     * @param page without its end
     * @param beginning of the text; of one block of the page alone
     */
    public static String of(String page, String beginning) {
        List<GuideBlock> found =
                all().stream().filter(block -> block.is(page, beginning)).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    page + ".md has not one block that begins with '" + beginning + "', but " + found);
        }
        return found.get(0).text();
    }

    private static List<GuideBlock> blocks(Path file) {
        String page = file.getFileName().toString().replace(".md", "");
        String text = Folders.read(file, 0);
        List<GuideBlock> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            int line = 1 + (int) text.substring(0, fence.start()).lines().count();
            String kind = fence.group(3) == null ? fence.group(2) : fence.group(3);
            blocks.add(new GuideBlock(page, line, kind, fence.group(4).replaceAll("(?m)^" + fence.group(1), "")));
        }
        return blocks;
    }
}
