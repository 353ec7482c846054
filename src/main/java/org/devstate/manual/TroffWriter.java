// SPDX-License-Identifier: Apache-2.0
package org.devstate.manual;

/** Writes text with the macros of man(7). Not thread-safe. */
final class TroffWriter {

    private final StringBuilder page = new StringBuilder();

    /** The title line: the name of the page, its section, the date, the release, and the name of the manual. */
    void title(String name, int section, String date, String release, String manual) {
        macro("TH", name, Integer.toString(section), date, release, manual);
        page.append(".nh\n.ad l\n"); // no hyphens in names that a reader may copy, and no blanks that stretch
    }

    void section(String heading) {
        macro("SH", heading);
    }

    void paragraph() {
        page.append(".PP\n");
    }

    /** The next line is a term, and what follows its description. */
    void term() {
        page.append(".TP\n");
    }

    /** A line of text that is filled with those before and after it. */
    void text(String text) {
        line(escaped(text));
    }

    /** Lines that stay as they are, indented. */
    void verbatim(Iterable<String> lines) {
        page.append(".PP\n.RS 4\n.nf\n");
        lines.forEach(this::text);
        page.append(".fi\n.RE\n");
    }

    /** A line that {@link #bold}, {@link #italic} and {@link #escaped} have made. */
    void line(String made) {
        boolean isRequest = made.startsWith(".") || made.startsWith("'");
        page.append(isRequest ? "\\&" : "").append(made).append('\n');
    }

    static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    /** Returns {@code text} so that it is shown, and copied, as it is. */
    static String escaped(String text) {
        StringBuilder made = new StringBuilder();
        text.codePoints().forEach(c -> made.append(escaped(c)));
        return made.toString();
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\\' -> "\\e";
            case '-' -> "\\-";
            case '\'' -> "\\(aq";
            case '`' -> "\\(ga";
            case '^' -> "\\(ha";
            case '~' -> "\\(ti";
            case '"' -> "\\(dq";
            default -> c < 0x7f ? Character.toString(c) : "\\[u%04X]".formatted(c);
        };
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument)).append('"');
        }
        page.append('\n');
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
