// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.devstate.core.model.NodeType;
import org.devstate.core.validation.ItemValidator;
import org.junit.jupiter.api.Test;

/** The generator, without any server: wide, repeatable, and all of it accepted. */
final class AcceptedItemsTest {

    private static final int MANY = 20_000;

    @Test
    void theSameSeedMakesTheSameItems() {
        assertThat(items(7, 500)).isEqualTo(items(7, 500)).isNotEqualTo(items(8, 500));
    }

    @Test
    void allKindsOfIdsAreAmongThem() {
        List<AcceptedItem> items = items(1, MANY);

        assertThat(items)
                .allSatisfy(item -> assertThat(ItemValidator.idFault(node(item), ItemValidator.normalId(item.id())))
                        .isNull());
        assertThat(items).anyMatch(AcceptedItem::leaf).anyMatch(item -> !item.leaf());
        assertThat(ids(items).distinct().count()).isBetween(MANY / 3L, MANY * 2L / 3);
        assertThat(ids(items).filter(id -> id.length() == 1).count()).isPositive();
        assertThat(ids(items)).anyMatch(id -> bytes(id) == 255);
        assertThat(ids(items)).anyMatch(id -> id.codePoints().anyMatch(c -> c > 0xffff));
        assertThat(ids(items)).anyMatch(id -> id.startsWith("PJSIP/")).anyMatch(id -> id.startsWith("MWI:"));
        assertThat(items)
                .filteredOn(item -> node(item) == NodeType.MESSAGE_WAITING)
                .hasSizeBetween(MANY / 5, MANY / 2)
                .anyMatch(item -> item.id().matches("[^@]+@.*@.*"))
                .anyMatch(item -> !item.id().contains("@"))
                .anyMatch(item -> item.item().contains("<NEWMSGS>999999<"))
                .anyMatch(item -> item.item().contains("<OLDMSGS>0<"));
        for (String state : List.of("UNKNOWN", "NOT_INUSE", "INVALID", "RINGINUSE", "cachable='0'", "cachable='1'")) {
            assertThat(items).anyMatch(item -> item.item().contains(state));
        }
    }

    private static List<AcceptedItem> items(long seed, int count) {
        AcceptedItems items = new AcceptedItems(seed, ConsumingServers.WATCHED);
        return IntStream.range(0, count).mapToObj(n -> items.next()).toList();
    }

    private static Stream<String> ids(List<AcceptedItem> items) {
        return items.stream().map(AcceptedItem::id);
    }

    private static int bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8).length;
    }

    private static NodeType node(AcceptedItem item) {
        return item.node().equals("device_state") ? NodeType.DEVICE_STATE : NodeType.MESSAGE_WAITING;
    }
}
