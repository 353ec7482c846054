// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.nodes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.PageRequest;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Picks the part that is asked for out of any number of elements, which come in any order, with memory for that part only. A
 * place is found by comparison, so that it need not be there any more. Not thread-safe.
 */
final class Page<T> {

    private final PageRequest pageRequest;
    private final Comparator<T> order;
    private final @Nullable T place;
    private final TreeSet<T> elements;
    private int count;

    /**
     * @param pageRequest the requested part
     * @param order distinguishes all elements
     * @param place the element that the part begins after or ends before, as {@code pageRequest} requests; {@code null} if it is all
     */
    Page(PageRequest pageRequest, Comparator<T> order, @Nullable T place) {
        this.pageRequest = pageRequest;
        this.order = order;
        this.place = place;
        this.elements = new TreeSet<>(isBackwards() ? order.reversed() : order);
    }

    /** Considers an element; none twice. */
    void offer(T element) {
        count++;
        if (place != null) {
            int side = order.compare(element, place);
            if (side == 0 || side > 0 == isBackwards()) {
                return;
            }
        }
        elements.add(element);
        if (elements.size() > pageRequest.max()) {
            elements.pollLast();
        }
    }

    /** The part, in order. */
    List<T> content() {
        List<T> content = new ArrayList<>(elements);
        if (isBackwards()) {
            Collections.reverse(content);
        }
        return content;
    }

    /**
     * The place of the part in the whole (XEP-0059, 2.2), if a result set requested it, or if it is not the whole although the request
     * was for all. {@code null} else: Asterisk's {@code xmpp list nodes} takes it for a node.
     */
    @Nullable
    XmlElement set(Function<T, String> place) {
        boolean cut = elements.size() < count && elements.size() == PageRequest.MAX;
        if (!pageRequest.bySet() && !cut) {
            return null;
        }
        XmlElement.XmlElementBuilder set = XmlElement.element("set", Namespaces.RSM);
        List<T> content = content();
        if (!content.isEmpty()) {
            set.child(text("first", place.apply(content.get(0))));
            set.child(text("last", place.apply(content.get(content.size() - 1))));
        }
        return set.child(text("count", Integer.toString(count))).build();
    }

    private boolean isBackwards() {
        return pageRequest.before() != null;
    }

    private static XmlElement text(String name, String text) {
        return XmlElement.element(name, Namespaces.RSM).text(text).build();
    }
}
