// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.spi.OperatorLog;

/** Keeps the lines that the log would have. */
public final class RecordingOperatorLog implements OperatorLog {

    private final List<String> all = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private final List<String> warned = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();

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
    public void rejected(String line) {
        all.add(line);
        rejected.add(line);
    }

    /** All lines so far, of whatever kind, in their order. */
    public List<String> all() {
        return List.copyOf(all);
    }

    /** The lines since the last call. */
    public List<String> happened() {
        return taken(happened);
    }

    /** The faults since the last call. */
    public List<String> warned() {
        return taken(warned);
    }

    /** The rejections since the last call. */
    public List<String> rejected() {
        return taken(rejected);
    }

    private static List<String> taken(List<String> lines) {
        List<String> copy = List.copyOf(lines);
        lines.clear();
        return copy;
    }
}
