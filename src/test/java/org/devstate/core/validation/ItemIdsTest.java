// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class ItemIdsTest {

    @ParameterizedTest
    @NullAndEmptySource
    void anIdIsRequired(@Nullable String id) {
        assertThat(fault(id)).isEqualTo("is missing");
    }

    @ParameterizedTest
    @CsvSource({"x, 1", "é, 2", "߿, 2", "ࠀ, 3", "€, 3", "𐀀, 4", "😀, 4"})
    void itsLengthCountsInBytesOfUtf8(String character, int bytes) {
        String longest = character.repeat(255 / bytes) + "x".repeat(255 % bytes);
        assertThat(fault(longest)).isNull();
        assertThat(fault(longest + "x")).isEqualTo("is longer than 255 bytes");
        assertThat(fault("x".repeat(256 - bytes) + character)).isEqualTo("is longer than 255 bytes");
    }

    @ParameterizedTest
    @ValueSource(chars = {'<', '>', '&', '"', '\''})
    void charactersThatXmlWritesAsEntitiesAreRejected(char reserved) {
        assertThat(fault("a" + reserved)).isEqualTo("a " + reserved + " cannot reach other servers; rename the device");
        assertThat(fault(reserved + "a")).startsWith("a " + reserved);
        assertThat(fault("a&amp;b")).startsWith("a & cannot");
    }

    @Test
    void everyControlCharacterIsRejectedAndItsNeighboursAreNot() {
        for (char c = 0; c < 0xa0; c++) {
            boolean control = c < ' ' || c >= 0x7f;
            boolean reserved = "<>&\"'".indexOf(c) >= 0;
            assertThat(fault("a" + c + "b") != null).as("U+%04X", (int) c).isEqualTo(control || reserved);
        }
        assertThat(fault("a\u00a0b")).isNull();
        assertThat(fault("a\u2027b")).isNull();
        assertThat(fault("a\u2028b"))
                .isEqualTo("a control character (U+2028) cannot reach other servers; rename the device");
        assertThat(fault("a\u2029b"))
                .isEqualTo("a control character (U+2029) cannot reach other servers; rename the device");
        assertThat(fault("a\u202fb")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfffe, 0xffff, 0x1fffe, 0x10ffff})
    void invalidCharactersAreRejected(int codePoint) {
        assertThat(fault("a" + Character.toString(codePoint) + "b"))
                .startsWith("a code point that is no character (U+")
                .endsWith("rename the device");
        assertThat(fault(Character.toString(codePoint))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xd7ff, 0xe000, 0xfffd, 0x10000, 0x1fffd, 0x10fffd})
    void theCharactersBesideThoseAreNot(int codePoint) {
        assertThat(fault("a" + Character.toString(codePoint) + "b")).isNull();
    }

    /** The first two crash Asterisk 22, live and from a snapshot; the others are no names, or name another one's mailbox. */
    @ParameterizedTest
    @CsvSource({
        "'@', has no mailbox name before its @",
        "' @ ', has no mailbox name before its @",
        "'@default', has no mailbox name before its @",
        "'@@', has no mailbox name before its @",
        "'@@default', has no mailbox name before its @",
        "' @default', has no mailbox name before its @",
        "'\u00a0\u2003@default', has no mailbox name before its @",
        "'100@', has no context after its @",
        "'100@ ', has no context after its @",
        "' ', is blank",
        "'\u3000', is blank"
    })
    void aMailboxNeedsAName(String id, String fault) {
        assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, id)).isEqualTo(fault);
        assertThat(ItemIds.fault(NodeType.DEVICE_STATE, id)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100@default", "a b@c d", "a@@b", "a@b@c", "/@/", ".@.", "\u00fc@\ud83d\ude00"})
    void aMailboxMayHaveAContext(String id) {
        assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, id)).isNull();
    }

    /** res_mwi_devstate publishes it as {@code MWI:ID} in 79 bytes, and the XMPP server ends a stream with half a character in it. */
    @ParameterizedTest
    @CsvSource({"\u00e9, 2", "\u20ac, 3", "\ud83d\ude00, 4"})
    void aMailboxIsNotCutWithinACharacter(String character, int bytes) {
        for (int before = 70; before < 80; before++) {
            String mailbox = "1@" + "x".repeat(before - 2) + character + "y".repeat(100);
            boolean cut = before < 75 && before + bytes > 75;
            assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, mailbox))
                    .as("%d bytes before it", before)
                    .isEqualTo(cut ? "has a character across its byte 75, where Asterisk cuts it off" : null);
            assertThat(ItemIds.fault(NodeType.DEVICE_STATE, mailbox)).isNull();
        }
        String longest = "x".repeat(255);
        assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, longest)).isNull();
    }

    @Test
    void aMailboxIdIsValid() {
        assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, null)).isEqualTo("is missing");
        assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, "a&b@c"))
                .isEqualTo("a & cannot reach other servers; rename the mailbox");
    }

    /** Old func_devstate names a device with a line feed when Asterisk starts, which XML makes a blank of, and not every server does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Custom:n1",
                "Custom:n1\n",
                "Custom:n1 ",
                "Custom:n1\t",
                "\r\n Custom:n1",
                "Custom:n1\u00a0",
                "Custom:n1\u200b",
                "\ufeffCustom:n1\u2060",
                "Custom:n1\u3000",
                "Custom:n1\u2028",
                "Custom:n1\u0085",
                "Custom:n1\u00ad\u200e"
            })
    void whiteSpaceAndInvisibleCharactersAreRemovedFromBothEnds(String id) {
        assertThat(ItemIds.normal(id)).isEqualTo("Custom:n1");
    }

    @Test
    void insideANameLineEndsBecomeBlanks() {
        assertThat(ItemIds.normal("a\u00a0\u200bb")).isEqualTo("a\u00a0\u200bb");
        assertThat(ItemIds.normal("a\tb\nc\rd")).isEqualTo("a b c d");
        assertThat(ItemIds.normal(" \n\u200b")).isEmpty();
        assertThat(ItemIds.normal(null)).isNull();
        assertThat(ItemIds.normal("\u0001x\ud83d\ude00")).isEqualTo("\u0001x\ud83d\ude00");
    }

    @Test
    void aShownNameIsShortAndHasNoInvisibleCharacters() {
        assertThat(ItemIds.shown("Custom:O'Brien")).isEqualTo("Custom:O'Brien");
        assertThat(ItemIds.shown("a\u0007b\u202ec\ufffe\ud800")).isEqualTo("a(U+0007)b(U+202E)c(U+FFFE)(U+D800)");
        assertThat(ItemIds.shown("x".repeat(80))).hasSize(80);
        assertThat(ItemIds.shown("x".repeat(81))).isEqualTo("x".repeat(80) + "\u2026");
    }

    private static @Nullable String fault(@Nullable String id) {
        return ItemIds.fault(NodeType.DEVICE_STATE, id);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x85, 0xa0, 0xad, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0x2062, 0x2064, 0xfeff, 0x3000
            })
    void invisibleCharactersAreRemovedFromBothEnds(int invisible) {
        String character = Character.toString(invisible);
        assertThat(ItemIds.normal(character + "a" + character + "b" + character))
                .isEqualTo("a" + character + "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x21, 0x7e, 0x84, 0x86, 0xac, 0xae, 0x2010, 0x2065, 0xfefe})
    void theirNeighboursAreNot(int visible) {
        String character = Character.toString(visible);
        assertThat(ItemIds.normal(character + "a" + character)).isEqualTo(character + "a" + character);
    }
}
