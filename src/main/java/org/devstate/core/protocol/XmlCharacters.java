// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

/** The characters that XML 1.0 cannot hold in any form (section 2.2). Stateless. */
public final class XmlCharacters {

    private static final int REPLACEMENT = 0xfffd;

    private XmlCharacters() {}

    /**
     * The text with U+FFFD for all characters that must not be sent: control characters, lone surrogates and invalid code points. A
     * sender may have sent one if its server is not strict, and it may come back in the echo of an id.
     */
    public static String legal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().forEach(c -> legal.appendCodePoint(isLegal(c) ? c : REPLACEMENT));
        return legal.toString();
    }

    private static boolean isPlain(char c) {
        return c < Character.MIN_SURROGATE && isLegal(c);
    }

    private static boolean isLegal(int c) {
        if (c < ' ') {
            return c == '\t' || c == '\n' || c == '\r';
        }
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !surrogate && c != 0xfffe && c != 0xffff;
    }
}
