// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XmlCharactersTest {

    @ParameterizedTest
    @CsvSource({
        "9, true",
        "a, true",
        "d, true",
        "20, true",
        "7f, true",
        "85, true",
        "d7ff, true",
        "e000, true",
        "fffd, true",
        "10000, true",
        "1ffff, true",
        "10ffff, true",
        "0, false",
        "1, false",
        "8, false",
        "b, false",
        "c, false",
        "e, false",
        "1f, false",
        "d800, false",
        "dbff, false",
        "dc00, false",
        "dfff, false",
        "fffe, false",
        "ffff, false",
    })
    void charactersInvalidInXmlAreReplaced(String hexadecimal, boolean legal) {
        String text = "a" + Character.toString(Integer.parseInt(hexadecimal, 16)) + "b";
        assertThat(XmlCharacters.legal(text)).isEqualTo(legal ? text : "a\ufffdb");
    }

    @Test
    void aLegalTextIsNotCopied() {
        String text = "PJSIP/100 \u00e9";
        assertThat(XmlCharacters.legal(text)).isSameAs(text);
    }
}
