package org.devstate.core.testing;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.spi.Events;

/** Keeps the lines that the log would have. */
public final class RecordingEvents implements Events {

    private final List<String> all = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final List<String> warned = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Override
    public void happened(String line) {
        all.add(line);
        happened.add(line);
    }

    @Override
    public void warned(String line) {
        all.add(line);
        warned.add(line);
    }

    @Override
    public void refused(String line) {
        all.add(line);
        refused.add(line);
    }

    /** All lines so far, of whatever kind, in their order. */
    public List<String> all() {
        return List.copyOf(all);
    }

    /** What happened since it was asked last. */
    public List<String> happened() {
        return taken(happened);
    }

    /** Which faults were said since it was asked last. */
    public List<String> warned() {
        return taken(warned);
    }

    /** What was refused since it was asked last. */
    public List<String> refused() {
        return taken(refused);
    }

    private static List<String> taken(List<String> lines) {
        List<String> copy = List.copyOf(lines);
        lines.clear();
        return copy;
    }
}
