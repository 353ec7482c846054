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
    void anIdMustBeThere(@Nullable String id) {
        assertThat(ItemIds.fault(id)).isEqualTo("is missing");
    }

    @ParameterizedTest
    @CsvSource({"x, 1", "é, 2", "߿, 2", "ࠀ, 3", "€, 3", "𐀀, 4", "😀, 4"})
    void itsLengthCountsInBytesOfUtf8(String character, int bytes) {
        String longest = character.repeat(255 / bytes) + "x".repeat(255 % bytes);
        assertThat(ItemIds.fault(longest)).isNull();
        assertThat(ItemIds.fault(longest + "x")).isEqualTo("is longer than 255 bytes");
        assertThat(ItemIds.fault("x".repeat(256 - bytes) + character)).isEqualTo("is longer than 255 bytes");
    }

    @ParameterizedTest
    @ValueSource(chars = {'<', '>', '&', '"', '\''})
    void whatXmlWritesAsAnEntityIsRefused(char reserved) {
        assertThat(ItemIds.fault("a" + reserved)).startsWith("has one of");
        assertThat(ItemIds.fault(reserved + "a")).startsWith("has one of");
        assertThat(ItemIds.fault("a&amp;b")).startsWith("has one of");
    }

    @Test
    void everyControlCharacterIsRefusedAndItsNeighboursAreNot() {
        for (char c = 0; c < 0xa0; c++) {
            boolean control = c < ' ' || c >= 0x7f;
            boolean reserved = "<>&\"'".indexOf(c) >= 0;
            assertThat(ItemIds.fault("a" + c + "b") != null)
                    .as("U+%04X", (int) c)
                    .isEqualTo(control || reserved);
        }
        assertThat(ItemIds.fault("a\u00a0b")).isNull();
        assertThat(ItemIds.fault("a\u2027b")).isNull();
        assertThat(ItemIds.fault("a\u2028b")).isEqualTo("has a control character");
        assertThat(ItemIds.fault("a\u2029b")).isEqualTo("has a control character");
        assertThat(ItemIds.fault("a\u202fb")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfffe, 0xffff, 0x1fffe, 0x10ffff})
    void whatIsNoCharacterIsRefused(int codePoint) {
        assertThat(ItemIds.fault("a" + Character.toString(codePoint) + "b"))
                .isEqualTo("has a code point that is no character");
        assertThat(ItemIds.fault(Character.toString(codePoint))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xd7ff, 0xe000, 0xfffd, 0x10000, 0x1fffd, 0x10fffd})
    void theCharactersBesideThoseAreNot(int codePoint) {
        assertThat(ItemIds.fault("a" + Character.toString(codePoint) + "b")).isNull();
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
    void aMailboxIsAnIdAsAnyOther() {
        assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, null)).isEqualTo("is missing");
        assertThat(ItemIds.fault(NodeType.MESSAGE_WAITING, "a&b@c")).startsWith("has one of");
    }
}
