// SPDX-License-Identifier: Apache-2.0
package org.devstate.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the guides that is made from the code, but for its introduction: that is, from its first heading of the second level. */
public final class ReferencePage {

    /** Writes the pages in place of the comparison: {@code mvn test -Dtest='*ReferenceTest' -Ddevstate.reference=write}. */
    private static final boolean WRITES = "write".equals(System.getProperty("devstate.reference"));

    private static final String FIRST_HEADING = "\n## ";

    private final Path file;
    private final String text;

    /** @param name of the page, without its end */
    public ReferencePage(String name) throws IOException {
        file = Path.of("src/site/markdown", name + ".md");
        text = Files.readString(file);
    }

    /** Returns the page as it is. */
    public String text() {
        return text;
    }

    /** The part that is made must be {@code made}, from its first heading of the second level. */
    public void assertHas(String made) throws IOException {
        int heading = text.indexOf(FIRST_HEADING);
        String expected = (heading < 0 ? text : text.substring(0, heading + 1)) + made;
        if (WRITES) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as(
                        "%s is made from the code. To write it anew: mvn test -Dtest='*ReferenceTest' -Ddevstate.reference=write",
                        file)
                .isEqualTo(expected);
    }

    /** Returns a row of a table; a bar in a cell is escaped. */
    public static String row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ')
                    .append(cell.replace("|", "\\|").replaceAll("\\s+", " ").strip())
                    .append(" |");
        }
        return row.append('\n').toString();
    }

    /** Returns the first rows of a table, with its headings. */
    public static String head(String... headings) {
        return row(headings) + "|" + "---|".repeat(headings.length) + "\n";
    }
}
