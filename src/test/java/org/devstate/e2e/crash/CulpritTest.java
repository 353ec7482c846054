// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CulpritTest {

    private static final List<AcceptedItem> ITEMS = IntStream.range(0, 100)
            .mapToObj(n -> new AcceptedItem("device_state", "Custom:" + n, false, "<item id='Custom:" + n + "'/>"))
            .toList();

    @Test
    void aSingleOneIsFound() {
        AcceptedItem bad = ITEMS.get(77);
        assertThat(Culprit.of(ITEMS, part -> part.contains(bad))).containsExactly(bad);
    }

    @Test
    void itemsThatHarmOnlyTogetherStayTogether() {
        AcceptedItem one = ITEMS.get(3);
        AcceptedItem other = ITEMS.get(96);
        assertThat(Culprit.of(ITEMS, part -> part.contains(one) && part.contains(other)))
                .isEqualTo(ITEMS);
    }

    @Test
    void theLastOnesAreShownInAscii() {
        AcceptedItem odd = new AcceptedItem("message_waiting", "\u00e9@x", true, "<item id='\u00e9@\ud83d\ude00'/>");
        assertThat(Culprit.shown(List.of(odd)))
                .isEqualTo("1 items, the last of them:\n  message_waiting leaf <item id='\\u{e9}@\\u{1f600}'/>");
        assertThat(Culprit.shown(ITEMS))
                .startsWith("100 items")
                .doesNotContain("Custom:79'")
                .contains("Custom:80'");
    }
}
