// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The requested part of a long answer (XEP-0059; XEP-0060, 6.5.7).
 *
 * @param max the most elements, 0 to {@value #MAX}
 * @param after the element before the part; {@code null} if it begins at the start
 * @param before the element after the part, or empty for the end of all; {@code null} if it is not requested from the back
 * @param bySet whether a result set requests the part; the answer then has one, too
 * @param latest whether the latest changes are requested
 */
public record PageRequest(int max, @Nullable String after, @Nullable String before, boolean bySet, boolean latest) {

    /** The longest part that is given. */
    public static final int MAX = 1_000;

    /**
     * Reads the requested part.
     *
     * @param container the element around the result set
     * @param maxItems the attribute {@code max_items}; {@code null} if there is none
     * @return {@code null} if it cannot be read, or is not supported: parts by index (XEP-0059, 2.4), parts between two places
     */
    static @Nullable PageRequest parse(ElementView container, @Nullable String maxItems) {
        int latest = maxItems == null ? MAX : number(maxItems);
        ElementView set = container.child("set", Namespaces.RSM);
        if (set == null) {
            return latest < 0 ? null : new PageRequest(latest, null, null, false, maxItems != null);
        }
        String most = text(set, "max");
        int max = most == null ? MAX : number(most);
        String after = text(set, "after");
        String before = text(set, "before");
        boolean unclear = text(set, "index") != null || (after != null && before != null);
        return max < 0 || latest < 0 || unclear
                ? null
                : new PageRequest(Math.min(max, latest), after, before, true, false);
    }

    private static @Nullable String text(ElementView set, String name) {
        ElementView element = set.child(name, Namespaces.RSM);
        return element == null ? null : element.text();
    }

    /** The number, or {@link #MAX} if it is greater; negative if it is none. */
    private static int number(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return digits.length() > 4 ? MAX : Math.min(MAX, Integer.parseInt(digits));
    }
}
