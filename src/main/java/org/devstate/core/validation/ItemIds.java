// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.validation;

import java.util.Locale;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * The valid names of devices and mailboxes. Asterisk neither escapes nor unescapes attributes, so that the characters which XML writes
 * as entities would come out as another name.
 */
final class ItemIds {

    /** The longest id, in bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    /** The longest part of an id that {@link #shown} has, in characters. */
    private static final int MOST_SHOWN = 80;

    private static final String RESERVED = "<>&\"'";

    /**
     * The longest part of a mailbox's id that Asterisk stores, in bytes of UTF-8. A server with {@code res_mwi_devstate} publishes each
     * mailbox of the others as a device {@code MWI:ID} in a buffer of 80 bytes. A character that is cut in two there ends its
     * connection, and each later one, because it publishes the device again whenever it logs in.
     */
    static final int MAX_MAILBOX_BYTES = 75;

    private ItemIds() {}

    /** The fault of an id of {@code node}, to be read after the id and a colon; {@code null} if there is none. */
    static @Nullable String fault(NodeType node, @Nullable String id) {
        String fault = generalFault(node, id);
        return fault != null || id == null || node != NodeType.MESSAGE_WAITING ? fault : mailboxFault(id);
    }

    /**
     * The fault of a mailbox. Asterisk takes the text before the first {@code @} for its name, and the text after it for its context.
     * It ends with a segmentation fault if both are empty, and drops an empty context, so that it takes two ids for one mailbox.
     */
    private static @Nullable String mailboxFault(String mailbox) {
        int at = mailbox.indexOf('@');
        String name = at < 0 ? mailbox : mailbox.substring(0, at);
        if (isBlank(name)) {
            return at < 0 ? "is blank" : "has no mailbox name before its @";
        }
        if (at >= 0 && isBlank(mailbox.substring(at + 1))) {
            return "has no context after its @";
        }
        return isCutWithinACharacter(mailbox)
                ? "has a character across its byte " + MAX_MAILBOX_BYTES + ", where Asterisk cuts it off"
                : null;
    }

    private static boolean isBlank(String part) {
        return part.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    private static boolean isCutWithinACharacter(String mailbox) {
        int bytes = 0;
        for (int i = 0; i < mailbox.length() && bytes < MAX_MAILBOX_BYTES; ) {
            int c = mailbox.codePointAt(i);
            bytes += bytes(c);
            i += Character.charCount(c);
        }
        return bytes > MAX_MAILBOX_BYTES;
    }

    private static int bytes(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /**
     * The canonical id of the text of an attribute. White space and invisible characters are removed from both ends: old releases of
     * func_devstate name their devices with a line feed at the end when Asterisk starts, and without it afterwards. Inside, tabs and
     * line ends become blanks, which XML makes of them (XML 1.0, 3.3.3) and not every server does.
     */
    static @Nullable String normal(@Nullable String id) {
        if (id == null) {
            return null;
        }
        int start = 0;
        int end = id.length();
        while (start < end && isPadding(id.charAt(start))) {
            start++;
        }
        while (start < end && isPadding(id.charAt(end - 1))) {
            end--;
        }
        return id.substring(start, end).replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
    }

    private static boolean isPadding(char c) {
        return c <= ' ' ? Character.isWhitespace(c) : c >= 0x80 && isWidePadding(c);
    }

    private static boolean isWidePadding(char c) {
        boolean invisible = c == 0x85
                || c == 0xad
                || c == 0x180e
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2060 && c <= 0x2064)
                || c == 0xfeff;
        return invisible || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** The id for a line that a person reads: cut to {@value #MOST_SHOWN} characters, and without invisible characters. */
    static String shown(String id) {
        StringBuilder shown = new StringBuilder();
        id.codePoints().limit(MOST_SHOWN).forEach(c -> {
            boolean unseen = Character.isISOControl(c) || isNoCharacter(c) || Character.getType(c) == Character.FORMAT;
            shown.append(unseen ? codePointName(c) : Character.toString(c));
        });
        return shown + (id.codePointCount(0, id.length()) > MOST_SHOWN ? "\u2026" : "");
    }

    private static String codePointName(int c) {
        return String.format(Locale.ROOT, "(U+%04X)", c);
    }

    private static String cannot(String character, NodeType node) {
        return character + " cannot reach other servers; rename the "
                + (node == NodeType.DEVICE_STATE ? "device" : "mailbox");
    }

    private static boolean isNoCharacter(int c) {
        boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return loneSurrogate || (c & 0xfffe) == 0xfffe;
    }

    private static @Nullable String generalFault(NodeType node, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            return "is missing";
        }
        int bytes = 0;
        for (int i = 0; i < id.length(); ) {
            int c = id.codePointAt(i);
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                return "a control character " + cannot(codePointName(c), node);
            }
            if (RESERVED.indexOf(c) >= 0) {
                return "a " + cannot(Character.toString(c), node);
            }
            if (isNoCharacter(c)) {
                return "a code point that is no character " + cannot(codePointName(c), node);
            }
            bytes += bytes(c);
            i += Character.charCount(c);
        }
        return bytes > MAX_BYTES ? "is longer than " + MAX_BYTES + " bytes" : null;
    }
}
