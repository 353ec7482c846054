// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots behave like a map. */
final class SlotsTest {

    private final Slots slots = new Slots();

    /** Each number is a key that is put in or, the second time, taken out; -1 takes out all mailboxes. */
    @Property
    void slotsHoldTheKeysThatWereAddedAndNotRemoved(
            @ForAll @Size(max = 400) List<@IntRange(min = -1, max = 60) Integer> steps) {
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

    /** The four have one hash; whichever goes, the others stay. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void oneOfAChainGoesAndTheOthersStay(int which) {
        List<Slot> chain = new ArrayList<>();
        for (String id : List.of("AaAa", "AaBB", "BBAa", "BBBB")) {
            chain.add(slots.at(new ItemKey(NodeType.DEVICE_STATE, id, new Eid(1))));
        }
        Slot gone = chain.remove(which);
        slots.remove(gone);
        assertThat(slots.find(gone.key)).isNull();
        assertThat(chain).allSatisfy(slot -> assertThat(slots.find(slot.key)).isSameAs(slot));
        assertThat(all(slots)).containsExactlyInAnyOrderElementsOf(chain);
        assertThat(slots.size()).isEqualTo(3);
    }

    /** Or it would take the longer to find one, the more there are. */
    @Test
    void chainsAreShortForAnyNumberOfKeys() {
        List<Slot> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(slots.at(key(i)));
        }
        assertThat(longestChain()).isLessThan(16);
        many.subList(0, 100).forEach(slots::remove);
        assertThat(longestChain()).isLessThan(16);
    }

    /** The lower half of an EID's hash is that of its last bytes then. */
    @Test
    void eidsThatDifferInTheFirstBytesOnlyHaveTheirOwnChains() {
        for (long i = 0; i < 1_000; i++) {
            slots.at(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(i << 16)));
        }
        assertThat(longestChain()).isLessThan(16);
    }

    @Test
    void theSeventeenthDoublesTheChainsAndWithThreeLeftTheyAreHalvedAgain() {
        Slot one = slots.at(keys(3, 32).get(0));
        Slot other = slots.at(keys(3 + 16, 32).get(0));
        List<Slot> rest = keys(5, 16).stream().limit(14).map(slots::at).collect(toCollection(ArrayList::new));
        assertThat(inOneChain(one, other)).isTrue();
        rest.add(slots.at(keys(6, 16).get(0)));
        assertThat(inOneChain(one, other)).isFalse();
        rest.subList(0, 13).forEach(slots::remove);
        assertThat(inOneChain(one, other)).as("with four left").isFalse();
        slots.remove(rest.get(13));
        assertThat(inOneChain(one, other)).as("with three left").isTrue();
        assertThat(all(slots)).containsExactlyInAnyOrder(one, other, rest.get(14));
    }

    @Test
    void thereAreNeverLessThanSixteenChains() {
        Slot one = slots.at(keys(5, 16).get(0));
        slots.remove(slots.at(keys(6, 16).get(0)));
        Slot other = slots.at(keys(5 + 8, 16).get(0));
        assertThat(inOneChain(one, other)).isFalse();
    }

    private static boolean inOneChain(Slot one, Slot other) {
        return chainFrom(one).contains(other) || chainFrom(other).contains(one);
    }

    private int longestChain() {
        return all(slots).stream()
                .mapToInt(slot -> chainFrom(slot).size())
                .max()
                .orElse(0);
    }

    private static List<Slot> chainFrom(Slot first) {
        List<Slot> chain = new ArrayList<>();
        for (Slot slot = first; slot != null; slot = slot.nextInChain) {
            chain.add(slot);
        }
        return chain;
    }

    /** Keys that are in the same chain of so many. */
    private static List<ItemKey> keys(int chain, int chains) {
        return IntStream.range(0, 1_000)
                .mapToObj(SlotsTest::key)
                .filter(key -> (new Slots().at(key).hash & chains - 1) == chain)
                .toList();
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
