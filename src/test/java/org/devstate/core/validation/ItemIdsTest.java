package org.devstate.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

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
}
