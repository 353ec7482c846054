package org.devstate.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.junit.jupiter.api.Test;

/** They are what a map of slots would be. */
final class SlotsTest {

    private final Slots slots = new Slots();

    /** Each number is a key that is put in or, the second time, taken out; -1 takes out all mailboxes. */
    @Property
    void holdWhatWasPutInAndNotTakenOut(@ForAll @Size(max = 400) List<@IntRange(min = -1, max = 60) Integer> steps) {
        Slots some = new Slots();
        Map<ItemKey, Slot> model = new HashMap<>();
        for (int step : steps) {
            if (step < 0) {
                some.removeIf(slot -> slot.key.node() == NodeType.MESSAGE_WAITING);
                model.keySet().removeIf(key -> key.node() == NodeType.MESSAGE_WAITING);
            } else if (model.containsKey(key(step))) {
                some.remove(model.remove(key(step)));
            } else {
                model.put(key(step), some.at(key(step)));
            }
            assertThat(some.size()).isEqualTo(model.size());
        }
        for (int i = 0; i <= 60; i++) {
            assertThat(some.find(key(i))).isSameAs(model.get(key(i)));
        }
        assertThat(all(some)).containsExactlyInAnyOrderElementsOf(model.values());
    }

    @Test
    void aKeyHasOneSlot() {
        Slot slot = slots.at(key(1));
        assertThat(slots.at(key(1))).isSameAs(slot);
        assertThat(slot.key).isEqualTo(key(1));
        assertThat(slots.at(key(2))).isNotSameAs(slot);
    }

    /** {@code "Aa"} and {@code "BB"} have one hash. */
    @Test
    void keysOfOneHashKeepApart() {
        ItemKey one = new ItemKey(NodeType.DEVICE_STATE, "Aa", new Eid(1));
        ItemKey other = new ItemKey(NodeType.DEVICE_STATE, "BB", new Eid(1));
        assertThat(one).hasSameHashCodeAs(other);
        Slot first = slots.at(one);
        Slot second = slots.at(other);
        assertThat(second).isNotSameAs(first);
        slots.remove(first);
        assertThat(slots.find(one)).isNull();
        assertThat(slots.find(other)).isSameAs(second);
    }

    @Test
    void manyComeAndGo() {
        List<Slot> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(slots.at(key(i)));
        }
        assertThat(all(slots)).containsExactlyInAnyOrderElementsOf(many);
        many.subList(0, 9_990).forEach(slots::remove);
        assertThat(all(slots)).containsExactlyInAnyOrderElementsOf(many.subList(9_990, 10_000));
    }

    private static List<Slot> all(Slots slots) {
        List<Slot> all = new ArrayList<>();
        slots.forEach(all::add);
        return all;
    }

    private static ItemKey key(int number) {
        return new ItemKey(
                number % 2 == 0 ? NodeType.DEVICE_STATE : NodeType.MESSAGE_WAITING,
                "d" + number / 2,
                new Eid(number % 3));
    }
}
