// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys that are almost one of ours. The bean has keys of Tigase's too, and Tigase ignores unknown ones, so that a typing error
 * would go unnoticed.
 */
final class KeySpellChecker {

    /** How the names of our settings begin if they cannot be any of Tigase's. */
    private static final String OURS = "asterisk";

    private final List<String> keys;

    KeySpellChecker(Collection<String> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The key that {@code written} was meant to be; {@code null} if it is valid, or not one of ours. */
    @Nullable
    String meant(String written) {
        if (keys.contains(written)) {
            return null;
        }
        String nearest = keys.stream()
                .min(Comparator.comparingInt(key -> distance(key, written)))
                .orElseThrow();
        boolean near = distance(nearest, written) <= (nearest.length() < 8 ? 1 : 2);
        return near || written.startsWith(OURS) ? nearest : null;
    }

    /** How many characters must be added, left out or replaced to make one of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
