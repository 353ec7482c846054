// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * An exact copy of the service's table: {@code devstate-entries}, then {@code devstate-changes} without filters and with {@code mirror}.
 * The description of the package has the order of the calls. It does no input or output.
 *
 * <p>Exact means: after {@link #apply} of an answer that {@linkplain ChangePage#isLast() held all changes}, the entries are those that the
 * service had at some moment between that request and its answer, in each key; and when nothing changes any more, all of them. The
 * service numbers the changes of a key in their order and this class takes them in that order, each once, so it needs no version of an
 * entry. Entries that are read while they change may be newer than the changes that follow; therefore what is being read is not shown
 * before all changes up to its end have been applied. Until then readers see the copy before, if there was one.
 *
 * <p>Thread-safe: one thread feeds it ({@link #begin}, {@link #read}, {@link #apply}), any number may call the other methods.
 */
public final class EntryMirror {

    /** What {@link #apply} has done. */
    public enum Outcome {
        /** The first changes after {@link #begin} are applied, and others follow: nothing is shown yet. */
        READING,
        /** The copy is complete, and replaces the one before: its followers begin anew, from {@link #snapshot}. */
        RENEWED,
        /** The changes are applied. There may be none. */
        CHANGED,
        /** Changes are lost: begin again. Nothing was applied; the copy before is still shown, and is out of date. */
        LOST
    }

    /**
     * An answer that was applied.
     *
     * @param changes those to hand on; empty unless the outcome is {@link Outcome#CHANGED}
     */
    public record Update(Outcome outcome, List<EntryChange> changes) {

        public Update {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The copy at one moment.
     *
     * @param next the place in the history to which it belongs, {@code run-number}: changes from there on make it the later copy. Empty
     *     if there is no copy yet
     * @param entries in the order of node, id and EID
     */
    public record TableCopy(String next, List<MirroredEntry> entries) {}

    private static final TableCopy NONE = new TableCopy("", List.of());

    private final Object lock = new Object();
    private TreeMap<MirroredEntry.Key, MirroredEntry> shown = new TreeMap<>();
    private String shownNext = "";

    /** Whether {@link #fed} is being read, and not shown yet; if not, it is what is shown. */
    private boolean isReading;

    private TreeMap<MirroredEntry.Key, MirroredEntry> fed = shown;

    private String fedNext = "";

    /**
     * Begins to read the table.
     *
     * @param next the {@code next} of {@code devstate-changes} before the first part is read
     */
    public void begin(String next) {
        synchronized (lock) {
            fed = new TreeMap<>();
            fedNext = next;
            isReading = true;
        }
    }

    /** Takes a part of the table; the parts are read in their order, after {@link #begin}. */
    public void read(List<MirroredEntry> part) {
        synchronized (lock) {
            part.forEach(entry -> fed.put(entry.key(), entry));
        }
    }

    /** The {@code since} of the next request for changes. */
    public String since() {
        synchronized (lock) {
            return fedNext;
        }
    }

    /** Whether what is shown is all that was fed; if not, the next request for changes does not wait. */
    public boolean isCaughtUp() {
        synchronized (lock) {
            return !isReading && !shownNext.isEmpty();
        }
    }

    /**
     * Takes an answer to a request with {@link #since}. After {@link Outcome#LOST} only {@link #begin} goes on.
     *
     * @throws IllegalStateException before {@link #begin}
     */
    public Update apply(ChangePage page) {
        synchronized (lock) {
            if (fedNext.isEmpty()) {
                throw new IllegalStateException("no table was begun to be read");
            }
            if (page.isLost()) {
                return new Update(Outcome.LOST, List.of());
            }
            List<EntryChange> applied = new ArrayList<>();
            long next = number(fedNext);
            for (EntryChange change : page.changes()) {
                if (change.number() >= next) {
                    apply(change);
                    applied.add(change);
                }
            }
            fedNext = page.next();
            if (!isReading) {
                shownNext = fedNext;
                return new Update(Outcome.CHANGED, applied);
            }
            if (!page.isLast()) {
                return new Update(Outcome.READING, List.of());
            }
            shown = fed;
            isReading = false;
            shownNext = fedNext;
            return new Update(Outcome.RENEWED, List.of());
        }
    }

    private void apply(EntryChange change) {
        MirroredEntry entry = change.entry();
        switch (change.effect()) {
            case STORED, MOVED -> fed.put(entry.key(), entry);
            case REMOVED -> fed.remove(entry.key());
            case DELIVERED -> {}
        }
    }

    private static long number(String next) {
        return Long.parseLong(next.substring(next.indexOf('-') + 1));
    }

    /** The copy as it is shown, with its place in the history. */
    public TableCopy snapshot() {
        synchronized (lock) {
            return shownNext.isEmpty() ? NONE : new TableCopy(shownNext, List.copyOf(shown.values()));
        }
    }

    /** How many entries are shown. */
    public int size() {
        synchronized (lock) {
            return shown.size();
        }
    }
}
