// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.hints;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant by another, by the number of edits between both (Levenshtein). Stateless. */
public final class NearestName {

    private NearestName() {}

    /** The nearest of {@code names}, the first of several; {@code null} if none is near: more than a third of it would change. */
    public static @Nullable String of(String name, Collection<String> names) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : names) {
            int edits = edits(name, candidate);
            if (edits < least && 3 * edits <= Math.max(name.length(), candidate.length())) {
                nearest = candidate;
                least = edits;
            }
        }
        return nearest;
    }

    private static int edits(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[before.length];
            now[0] = i;
            for (int j = 1; j < now.length; j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
