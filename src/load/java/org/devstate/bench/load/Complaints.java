package org.devstate.bench.load;

import java.util.ArrayList;
import java.util.List;

/** Errors: their number, and the first in full. Thread-safe. */
public final class Complaints {

    private static final int KEPT = 5;
    private static final int LONGEST = 600;

    private final List<String> first = new ArrayList<>();
    private long count;

    synchronized void add(String complaint) {
        count++;
        if (first.size() < KEPT) {
            first.add(complaint.length() > LONGEST ? complaint.substring(0, LONGEST) + "..." : complaint);
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
