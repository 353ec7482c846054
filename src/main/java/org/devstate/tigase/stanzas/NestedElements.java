// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.stanzas;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tigase.xml.Element;

/** How deep the elements of a stanza are nested. Stateless. */
public final class NestedElements {

    /** The greatest depth that passes. No client needs a tenth of it; Tigase's threads, with 228 kB of stack, overflow at some 450. */
    public static final int MAX_DEPTH = 100;

    private NestedElements() {}

    /** Whether there is an element more than {@value #MAX_DEPTH} deep; the outermost is 1 deep. */
    public static boolean areTooDeep(Element stanza) {
        return isDeeper(stanza, MAX_DEPTH);
    }

    private static boolean isDeeper(Element element, int levels) {
        @Nullable List<Element> children = levels == 0 ? null : element.getChildren();
        if (children == null) {
            return levels == 0;
        }
        for (Element child : children) {
            if (isDeeper(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }
}
