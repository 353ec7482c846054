package org.devstate.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a long answer is asked for (XEP-0059; XEP-0060, 6.5.7).
 *
 * @param max the most that is wanted, 0 to {@value #MAX}
 * @param after what the part begins behind; {@code null} where it begins at the start
 * @param before what the part ends before, or empty for the end of all; {@code null} where it is not asked for from the back
 * @param bySet whether a part is asked for by a result set, which the answer then tells about
 * @param latest whether those are wanted that have changed last
 */
public record Paging(int max, @Nullable String after, @Nullable String before, boolean bySet, boolean latest) {

    /** The longest part that is given. */
    public static final int MAX = 1_000;

    /**
     * Reads what is asked for.
     *
     * @param container what the result set is in
     * @param maxItems the attribute {@code max_items}; {@code null} where there is none
     * @return {@code null} where it can't be read, or can't be done: parts by index (XEP-0059, 2.4), parts between two places
     */
    static @Nullable Paging parse(ElementView container, @Nullable String maxItems) {
        int latest = maxItems == null ? MAX : number(maxItems);
        ElementView set = container.child("set", Namespaces.RSM);
        if (set == null) {
            return latest < 0 ? null : new Paging(latest, null, null, false, maxItems != null);
        }
        String most = text(set, "max");
        int max = most == null ? MAX : number(most);
        String after = text(set, "after");
        String before = text(set, "before");
        boolean unclear = text(set, "index") != null || (after != null && before != null);
        return max < 0 || latest < 0 || unclear ? null : new Paging(Math.min(max, latest), after, before, true, false);
    }

    private static @Nullable String text(ElementView set, String name) {
        ElementView element = set.child(name, Namespaces.RSM);
        return element == null ? null : element.text();
    }

    /** The number, or {@link #MAX} where it is greater; negative where it is none. */
    private static int number(String text) {
        String digits = text.strip();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return digits.length() > 4 ? MAX : Math.min(MAX, Integer.parseInt(digits));
    }
}
