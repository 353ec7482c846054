// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the few items, of many that have harmed a server, that harm it alone, by sending halves again. Stateless. */
final class Culprit {

    /** So many at most are shown. */
    private static final int SHOWN = 20;

    private Culprit() {}

    /**
     * The smallest part found.
     *
     * @param harms sends a part to servers that are in order, and returns whether one was harmed
     */
    static List<AcceptedItem> of(List<AcceptedItem> sent, Predicate<List<AcceptedItem>> harms) {
        List<AcceptedItem> part = sent;
        while (part.size() > 1) {
            List<AcceptedItem> first = part.subList(0, part.size() / 2);
            List<AcceptedItem> second = part.subList(part.size() / 2, part.size());
            if (harms.test(first)) {
                part = first;
            } else if (harms.test(second)) {
                part = second;
            } else {
                break; // only together
            }
        }
        return part;
    }

    static String shown(List<AcceptedItem> items) {
        return items.stream()
                .skip(Math.max(0, items.size() - SHOWN))
                .map(AcceptedItem::shown)
                .collect(Collectors.joining("\n  ", items.size() + " items, the last of them:\n  ", ""));
    }
}
