// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

/** Makes texts from elsewhere safe to show: nothing in them moves the cursor or hides the rest. Stateless. */
final class DisplayText {

    private static final int REPLACEMENT = 0xfffd;

    private DisplayText() {}

    /** The text with U+FFFD for control characters, line breaks, marks of direction, and invalid code points. */
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
