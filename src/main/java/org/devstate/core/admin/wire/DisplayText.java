package org.devstate.core.admin.wire;

/** Texts that others chose, made fit to be shown: nothing in them moves the cursor or hides what follows. Stateless. */
final class DisplayText {

    private static final int REPLACEMENT = 0xfffd;

    private DisplayText() {}

    /** The text with U+FFFD for control characters, line breaks, marks of direction, and what is no character. */
    static String of(String text) {
        return text.codePoints()
                .map(c -> isPlain(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.FORMAT -> false;
            default -> (c & 0xfffe) != 0xfffe;
        };
    }
}
