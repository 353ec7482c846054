// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A planned change as people see it: its lines, with two unchanged ones around them, and without its secrets. Stateless. */
public final class ChangeView {

    private static final int CONTEXT = 2;

    private ChangeView() {}

    /** Returns the lines of a change. */
    public static List<String> of(FileChange change) {
        List<String> after = lines(change.after(), change.hidden());
        if (change.before() == null) {
            return after.stream().map(line -> "+ " + line).toList();
        }
        return difference(lines(change.before(), change.hidden()), after);
    }

    private static List<String> difference(List<String> before, List<String> after) {
        int[][] common = common(before, after);
        List<String> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                all.add("  " + before.get(i++));
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                all.add("- " + before.get(i++));
            } else {
                all.add("+ " + after.get(j++));
            }
        }
        return nearChanges(all);
    }

    /** The most lines that the two have in common from each pair of lines on. */
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

    private static List<String> nearChanges(List<String> all) {
        List<String> shown = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < all.size(); i++) {
            if (isNearChange(all, i)) {
                if (last >= 0 && last < i - 1) {
                    shown.add("  ...");
                }
                shown.add(all.get(i));
                last = i;
            }
        }
        return shown;
    }

    private static boolean isNearChange(List<String> all, int index) {
        return all.subList(Math.max(0, index - CONTEXT), Math.min(all.size(), index + CONTEXT + 1)).stream()
                .anyMatch(line -> !line.startsWith("  "));
    }

    private static List<String> lines(String text, Map<String, String> hidden) {
        String shown = text;
        for (Map.Entry<String, String> part : hidden.entrySet()) {
            shown = shown.replace(part.getKey(), part.getValue());
        }
        return shown.lines().toList();
    }
}
