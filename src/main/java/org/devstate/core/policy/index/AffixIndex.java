// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Finds the few patterns that may match a name: those whose fixed text the name begins with or, if a pattern begins with a wildcard, ends
 * with. So the work grows with the length of the name rather than with the number of patterns. Thread-safe when all patterns are added.
 */
public final class AffixIndex {

    private static final class Branch {
        private final Map<Character, Branch> branches = new HashMap<>();
        private int[] numbers = {};
    }

    private final Branch byStart = new Branch();
    private final Branch byEnd = new Branch();

    /**
     * Adds a pattern.
     *
     * @param number stands for the pattern
     * @param start all names that it matches begin with this
     * @param end all names that it matches end with this
     */
    public void add(int number, String start, String end) {
        Branch branch = start.isEmpty() ? byEnd : byStart;
        String text = start.isEmpty() ? end : start;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(start.isEmpty() ? text.length() - 1 - i : i);
            branch = branch.branches.computeIfAbsent(next, unused -> new Branch());
        }
        branch.numbers = Arrays.copyOf(branch.numbers, branch.numbers.length + 1);
        branch.numbers[branch.numbers.length - 1] = number;
    }

    /** Gives {@code action} the numbers of the patterns that may match {@code name}, each once, in no order. */
    public void forEachCandidate(String name, IntConsumer action) {
        Branch branch = byStart;
        for (int i = 0; branch != null; i++) {
            offer(branch, action);
            branch = i < name.length() ? branch.branches.get(name.charAt(i)) : null;
        }
        branch = byEnd;
        for (int i = name.length() - 1; branch != null; i--) {
            offer(branch, action);
            branch = i >= 0 ? branch.branches.get(name.charAt(i)) : null;
        }
    }

    private static void offer(Branch branch, IntConsumer action) {
        for (int number : branch.numbers) {
            action.accept(number);
        }
    }
}
