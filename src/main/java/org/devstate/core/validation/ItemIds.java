package org.devstate.core.validation;

import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * The names of devices and mailboxes that may travel. Asterisk neither escapes nor unescapes what it reads from an attribute,
 * so the characters that XML writes as entities would come out as another name.
 */
final class ItemIds {

    /** The longest id, in bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    private static final String RESERVED = "<>&\"'";

    /**
     * The longest part of a mailbox's id that Asterisk keeps, in bytes of UTF-8. A server with {@code res_mwi_devstate} publishes each
     * mailbox of the others as a device {@code MWI:ID} in a buffer of 80 bytes. A character that is cut in two there ends its connection,
     * and each that follows, as it publishes the device again whenever it logs in.
     */
    static final int MAX_MAILBOX_BYTES = 75;

    private ItemIds() {}

    /** The fault of an id of {@code node}, to be read after "the item's id"; {@code null} if there is none. */
    static @Nullable String fault(NodeType node, @Nullable String id) {
        String fault = fault(id);
        return fault != null || id == null || node != NodeType.MESSAGE_WAITING ? fault : mailboxFault(id);
    }

    /**
     * The fault of a mailbox: Asterisk takes what stands before the first {@code @} for its name, and what follows for its context. It
     * ends with a segmentation fault if both are empty, and drops an empty context, so that it takes two ids for one mailbox.
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

    /** The fault of an id of any node, to be read after "the item's id"; {@code null} if there is none. */
    static @Nullable String fault(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return "is missing";
        }
        int bytes = 0;
        for (int i = 0; i < id.length(); ) {
            int c = id.codePointAt(i);
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                return "has a control character";
            }
            if (RESERVED.indexOf(c) >= 0) {
                return "has one of " + RESERVED;
            }
            boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (loneSurrogate || (c & 0xfffe) == 0xfffe) {
                return "has a code point that is no character";
            }
            bytes += bytes(c);
            i += Character.charCount(c);
        }
        return bytes > MAX_BYTES ? "is longer than " + MAX_BYTES + " bytes" : null;
    }
}
