// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.util.ArrayList;
import java.util.List;

/** Errors: their number, and the first in full. Thread-safe. */
public final class ErrorLog {

    private static final int STORED = 5;
    private static final int LONGEST = 600;

    private final List<String> first = new ArrayList<>();
    private long count;

    synchronized void add(String error) {
        count++;
        if (first.size() < STORED) {
            first.add(error.length() > LONGEST ? error.substring(0, LONGEST) + "..." : error);
        }
    }

    public synchronized long count() {
        return count;
    }

    /** The first of them. */
    public synchronized List<String> first() {
        return List.copyOf(first);
    }
}
