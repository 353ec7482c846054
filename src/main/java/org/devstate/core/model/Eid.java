// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The identity of one Asterisk server: six bytes, written as {@code 00:11:22:33:44:5a} (Asterisk: {@code ast_eid_to_str}).
 *
 * @param value the six bytes as one number, first byte highest; 0 to 2^48 - 1
 */
public record Eid(long value) {

    private static final int BYTES = 6;
    private static final int TEXT_LENGTH = 3 * BYTES - 1;

    /** The bit of the first byte that a group address has (IEEE 802, 8.2.2): no machine has such an address. */
    private static final long GROUP = 1L << 40;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    public Eid {
        if (value < 0 || value >>> (8 * BYTES) != 0) {
            throw new IllegalArgumentException("eid value is not six bytes: " + value);
        }
    }

    /** Whether it can be the identity of one server: not all zeros, not a group address, all ones ({@code ff:...}) among them. */
    public boolean isServer() {
        return value != 0 && (value & GROUP) == 0;
    }

    /** Reads the textual form, in either case; {@code null} for anything but six colon-separated hex bytes. */
    public static @Nullable Eid parse(@Nullable String text) {
        if (text == null || text.length() != TEXT_LENGTH) {
            return null;
        }
        long value = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            char c = text.charAt(i);
            if (i % 3 == 2) {
                if (c != ':') {
                    return null;
                }
                continue;
            }
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return null;
            }
            value = value << 4 | digit;
        }
        return new Eid(value);
    }

    /** The canonical form: lower case, as Asterisk itself writes it. */
    @Override
    public String toString() {
        byte[] text = new byte[TEXT_LENGTH];
        for (int i = 0; i < TEXT_LENGTH; i++) {
            int digit = 2 * BYTES - 1 - (2 * i + 1) / 3;
            text[i] = i % 3 == 2 ? (byte) ':' : HEX[(int) (value >>> (4 * digit)) & 0xf];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
