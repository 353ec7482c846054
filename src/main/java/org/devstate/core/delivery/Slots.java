// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.delivery;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.devstate.core.model.ItemKey;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one subscriber, by the {@linkplain ItemKey#isOfOneSubject subjects} of their keys: a hash table whose links are in the
 * slots themselves. Each change makes a slot for each subscriber, and forgets it when its window closes; with a map's nodes between,
 * that is as much again to allocate, and to fetch into the processor's cache. Not thread-safe.
 */
final class Slots {

    private static final int LEAST = 16;

    /** A power of two of chains, one slot in each on average at most. */
    private @Nullable Slot[] chains = new Slot[LEAST];

    private int size;

    /** The slot of the subject of {@code key}; a new one if there is none. */
    Slot at(ItemKey key) {
        int hash = hash(key);
        Slot known = find(key, hash);
        return known == null ? add(new Slot(key, hash)) : known;
    }

    /** The slot of the subject of {@code key}; {@code null} if there is none. */
    @Nullable
    Slot find(ItemKey key) {
        return find(key, hash(key));
    }

    private @Nullable Slot find(ItemKey key, int hash) {
        Slot slot = chains[hash & chains.length - 1];
        while (slot != null && !(slot.hash == hash && slot.key.isOfOneSubject(key))) {
            slot = slot.nextInChain;
        }
        return slot;
    }

    private Slot add(Slot slot) {
        if (size == chains.length) {
            spread(2 * chains.length);
        }
        link(slot);
        size++;
        return slot;
    }

    private void link(Slot slot) {
        int chain = slot.hash & chains.length - 1;
        slot.nextInChain = chains[chain];
        chains[chain] = slot;
    }

    /** Takes out {@code slot}, which is in here. */
    void remove(Slot slot) {
        unlink(slot);
        if (size < chains.length / 8 && chains.length > LEAST) {
            spread(chains.length / 2);
        }
    }

    private void unlink(Slot slot) {
        int chain = slot.hash & chains.length - 1;
        Slot before = null;
        for (Slot other = chains[chain]; other != null && other != slot; other = other.nextInChain) {
            before = other;
        }
        if (before == null) {
            chains[chain] = slot.nextInChain;
        } else {
            before.nextInChain = slot.nextInChain;
        }
        size--;
    }

    /** Takes out all that {@code which} holds for. */
    void removeIf(Predicate<Slot> which) {
        forEach(slot -> {
            if (which.test(slot)) {
                unlink(slot);
            }
        });
    }

    /** In no order. */
    void forEach(Consumer<Slot> action) {
        for (Slot first : chains) {
            Slot slot = first;
            while (slot != null) {
                Slot next = slot.nextInChain; // first: it may be taken out
                action.accept(slot);
                slot = next;
            }
        }
    }

    int size() {
        return size;
    }

    private void spread(int length) {
        @Nullable Slot[] before = chains;
        chains = new Slot[length];
        for (Slot first : before) {
            Slot slot = first;
            while (slot != null) {
                Slot next = slot.nextInChain;
                link(slot);
                slot = next;
            }
        }
    }

    /** The lower bits decide on the chain, and those of a text's hash are much alike. */
    private static int hash(ItemKey key) {
        int hash = key.subjectHash() * 0x9e3779b9;
        return hash ^ hash >>> 16;
    }
}
