// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.sites;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a text has lost and gained, by the longest common subsequence. Of the lines that stay, those are shown that name the
 * site of a change. Stateless.
 */
public final class Diff {

    /** Above this product of lines there and lines here, all that differs is shown as gone and come. */
    private static final long MOST_CELLS = 4_000_000;

    private static final String HEAD = "site ";

    private Diff() {}

    /** The changes, each with {@code -} or {@code +} before it; none if both are equal. */
    public static List<String> of(List<String> before, List<String> after) {
        int head = 0;
        int shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<String> marked = new ArrayList<>();
        before.subList(0, head).forEach(line -> marked.add("  " + line));
        compare(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), marked);
        return changes(marked);
    }

    private static void compare(List<String> before, List<String> after, List<String> marked) {
        boolean tooMuch = (long) before.size() * after.size() > MOST_CELLS;
        int[][] common = tooMuch ? new int[0][] : common(before, after);
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (!tooMuch
                    && i < before.size()
                    && j < after.size()
                    && before.get(i).equals(after.get(j))) {
                marked.add("  " + before.get(i));
                i++;
                j++;
            } else if (i < before.size() && (tooMuch || j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
                marked.add("- " + before.get(i++));
            } else {
                marked.add("+ " + after.get(j++));
            }
        }
    }

    /** The length of the longest common subsequence of the lines after each pair of places. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static List<String> changes(List<String> marked) {
        List<String> changes = new ArrayList<>();
        String head = "";
        for (String line : marked) {
            if (line.startsWith("  " + HEAD)) {
                head = line;
            } else if (!line.startsWith("  ")) {
                if (!head.isEmpty() && !line.substring(2).startsWith(HEAD)) {
                    changes.add(head);
                }
                head = "";
                changes.add(line);
            }
        }
        return changes;
    }
}
