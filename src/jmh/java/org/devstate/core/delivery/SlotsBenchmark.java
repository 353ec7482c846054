// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * {@link Slots} beside a {@link HashMap} of the same slots, in the pattern of the outbox: a change creates a slot at each subscriber, later
 * changes find it, and it is removed when its window closes. An operation is one slot of one subscriber.
 */
@State(Scope.Benchmark)
public class SlotsBenchmark {

    private static final int SUBSCRIBERS = 10;
    private static final int KEYS = 2_000;
    private static final int ALL = SUBSCRIBERS * KEYS;

    /** The part of {@link Slots} that the outbox uses. */
    private interface Table {
        Slot at(ItemKey key);

        @Nullable
        Slot find(ItemKey key);

        void remove(Slot slot);

        void forEach(Consumer<Slot> action);
    }

    private static final class OwnTable implements Table {
        private final Slots slots = new Slots();

        @Override
        public Slot at(ItemKey key) {
            return slots.at(key);
        }

        @Override
        public @Nullable Slot find(ItemKey key) {
            return slots.find(key);
        }

        @Override
        public void remove(Slot slot) {
            slots.remove(slot);
        }

        @Override
        public void forEach(Consumer<Slot> action) {
            slots.forEach(action);
        }
    }

    /** For devices alone, whose keys need no object of their own to be compared by subject. */
    private static final class JdkTable implements Table {
        private final Map<ItemKey, Slot> slots = new HashMap<>();

        @Override
        public Slot at(ItemKey key) {
            Slot known = slots.get(key);
            if (known == null) {
                known = new Slot(key, 0);
                slots.put(key, known);
            }
            return known;
        }

        @Override
        public @Nullable Slot find(ItemKey key) {
            return slots.get(key);
        }

        @Override
        public void remove(Slot slot) {
            slots.remove(slot.key);
        }

        @Override
        public void forEach(Consumer<Slot> action) {
            slots.values().forEach(action);
        }
    }

    @Param({"Slots", "HashMap"})
    public String table = "Slots";

    private final ItemKey[] keys = new ItemKey[KEYS];
    private final Table[] empty = new Table[SUBSCRIBERS];
    private final Table[] full = new Table[SUBSCRIBERS];
    private final Slot[] open = new Slot[ALL];

    @Setup
    public void setUp() {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1));
        }
        for (int i = 0; i < SUBSCRIBERS; i++) {
            empty[i] = newTable();
            full[i] = newTable();
            for (ItemKey key : keys) {
                full[i].at(key);
            }
        }
    }

    private Table newTable() {
        return table.equals("Slots") ? new OwnTable() : new JdkTable();
    }

    /** Each key creates a slot at each subscriber; then each slot is removed. */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public void createAndRemove() {
        int next = 0;
        for (ItemKey key : keys) {
            for (Table subscriber : empty) {
                open[next++] = subscriber.at(key);
            }
        }
        next = 0;
        for (int i = 0; i < KEYS; i++) {
            for (Table subscriber : empty) {
                subscriber.remove(open[next++]);
            }
        }
    }

    /** A change within the window. */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public void find(Blackhole blackhole) {
        for (ItemKey key : keys) {
            for (Table subscriber : full) {
                blackhole.consume(subscriber.find(key));
            }
        }
    }

    /** The figures of an outbox, and the end of a subscription. */
    @Benchmark
    @OperationsPerInvocation(ALL)
    public void iterate(Blackhole blackhole) {
        for (Table subscriber : full) {
            subscriber.forEach(blackhole::consume);
        }
    }
}
