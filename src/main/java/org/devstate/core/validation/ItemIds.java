package org.devstate.core.validation;

import org.jspecify.annotations.Nullable;

/**
 * The names of devices and mailboxes that may travel. Asterisk neither escapes nor unescapes what it reads from an attribute,
 * so the characters that XML writes as entities would come out as another name.
 */
final class ItemIds {

    /** The longest id, in bytes of UTF-8. */
    static final int MAX_BYTES = 255;

    private static final String RESERVED = "<>&\"'";

    private ItemIds() {}

    /** What is wrong with {@code id}, to be read after "the item's id"; {@code null} where nothing is. */
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
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            i += Character.charCount(c);
        }
        return bytes > MAX_BYTES ? "is longer than " + MAX_BYTES + " bytes" : null;
    }
}
