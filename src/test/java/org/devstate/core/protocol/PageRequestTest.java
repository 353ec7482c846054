// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.testing.Xml;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRequestTest {

    private static @Nullable PageRequest set(String content) {
        return PageRequest.parse(
                Xml.parse("<items><set xmlns='http://jabber.org/protocol/rsm'>" + content + "</set></items>"), null);
    }

    private static @Nullable PageRequest latest(String maxItems) {
        return PageRequest.parse(Xml.parse("<items/>"), maxItems);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9, 9",
        "999, 999",
        "0500, 500",
        "1000, 1000",
        "1001, 1000",
        "9999, 1000",
        "10000, 1000",
        "' 7 ', 7"
    })
    void aNumberIsTakenUpToTheMost(String text, int max) {
        assertThat(set("<max>" + text + "</max>")).isEqualTo(new PageRequest(max, null, null, true, false));
        assertThat(latest(text)).isEqualTo(new PageRequest(max, null, null, false, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "/", ":", "1a", "\u0661"})
    void anInvalidNumberCannotBeRead(String text) {
        assertThat(set("<max>" + text + "</max>")).isNull();
        assertThat(latest(text)).isNull();
    }

    @Test
    void theSmallerOfBothLimitsCounts() {
        XmlElement items = Xml.parse("<items><set xmlns='http://jabber.org/protocol/rsm'><max>5</max></set></items>");
        assertThat(PageRequest.parse(items, "3")).isEqualTo(new PageRequest(3, null, null, true, false));
        assertThat(PageRequest.parse(items, "8")).isEqualTo(new PageRequest(5, null, null, true, false));
        assertThat(PageRequest.parse(items, "0")).isEqualTo(new PageRequest(0, null, null, true, false));
        assertThat(PageRequest.parse(items, "x")).isNull();
    }

    @Test
    void aPartIsAfterOneOrBeforeOneAndNotBoth() {
        assertThat(set("<after>a</after>")).isEqualTo(new PageRequest(1_000, "a", null, true, false));
        assertThat(set("<before/>")).isEqualTo(new PageRequest(1_000, null, "", true, false));
        assertThat(set("<after>a</after><before>b</before>")).isNull();
        assertThat(set("<index>3</index>")).isNull();
    }

    @Test
    void withoutAnyRequestAllAreMeant() {
        assertThat(PageRequest.parse(Xml.parse("<items/>"), null))
                .isEqualTo(new PageRequest(1_000, null, null, false, false));
    }
}
