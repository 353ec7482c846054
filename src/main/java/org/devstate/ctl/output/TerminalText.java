// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.output;

/** Makes texts from elsewhere safe for a terminal: nothing in them moves the cursor or hides the rest. Stateless. */
public final class TerminalText {

    /** East Asian wide characters and pictures begin here, roughly; see {@link #isWide}. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f300, 0x1faff},
        {0x20000, 0x3fffd}
    };

    private TerminalText() {}

    /** The text with escapes, as Java and JSON have them, for control characters, line breaks, and marks of direction. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> append(plain, c));
        return plain.toString();
    }

    private static void append(StringBuilder plain, int c) {
        if (isPlain(c)) {
            plain.appendCodePoint(c);
            return;
        }
        for (char unit : Character.toChars(c)) {
            plain.append(
                    switch (unit) {
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        default -> "\\u%04x".formatted((int) unit);
                    });
        }
    }

    static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.FORMAT,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** How many columns of a terminal a text takes that is plain. */
    static int width(String plain) {
        return plain.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    private static boolean isWide(int c) {
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
