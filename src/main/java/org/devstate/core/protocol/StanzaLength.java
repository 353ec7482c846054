package org.devstate.core.protocol;

import java.util.ArrayDeque;
import java.util.Deque;

/** Measures stanzas. Stateless. */
public final class StanzaLength {

    private StanzaLength() {}

    /**
     * Whether names, attributes and texts of {@code stanza} and all elements inside are longer than {@code most} characters
     * together. It looks no further than that, however large or deep the stanza is.
     */
    public static boolean exceeds(ElementView stanza, int most) {
        Deque<ElementView> waiting = new ArrayDeque<>();
        waiting.push(stanza);
        long length = 0;
        while (!waiting.isEmpty()) {
            ElementView element = waiting.pop();
            length += element.name().length()
                    + element.attributesLength()
                    + element.text().length();
            for (ElementView child : element.children()) {
                waiting.push(child);
                if (length + waiting.size() > most) {
                    return true; // each of those that wait has a name
                }
            }
        }
        return length > most;
    }
}
