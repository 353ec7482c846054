// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures stanzas. Stateless. */
public final class StanzaLength {

    private StanzaLength() {}

    /**
     * Whether names, attributes and texts of {@code stanza} and all elements inside are longer than {@code most} characters together.
     * It reads no further than that, however large or deep the stanza is. If no element has more than one child, as in nearly all
     * stanzas of Asterisk, it allocates nothing.
     */
    public static boolean exceeds(ElementView stanza, int most) {
        Deque<ElementView> waiting = null;
        ElementView element = stanza;
        long length = 0;
        while (element != null) {
            List<? extends ElementView> children = element.children();
            length += element.name().length()
                    + element.attributesLength()
                    + element.text().length();
            // Each of those that wait has a name, which is one character at least.
            if (length + children.size() + (waiting == null ? 0 : waiting.size()) > most) {
                return true;
            }
            waiting = addAllButFirst(children, waiting);
            element = children.isEmpty() ? next(waiting) : children.get(0);
        }
        return false;
    }

    private static @Nullable Deque<ElementView> addAllButFirst(
            List<? extends ElementView> children, @Nullable Deque<ElementView> waiting) {
        if (children.size() < 2) {
            return waiting;
        }
        Deque<ElementView> all = waiting == null ? new ArrayDeque<>() : waiting;
        for (int i = 1; i < children.size(); i++) {
            all.push(children.get(i));
        }
        return all;
    }

    private static @Nullable ElementView next(@Nullable Deque<ElementView> waiting) {
        return waiting == null ? null : waiting.poll();
    }
}
