// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.devstate.ctl.xmpp.Failure;

/** Files in memory. */
public final class TextFiles implements SourceFiles {

    private final Map<Path, String> texts = new TreeMap<>();

    /** Adds a file, or replaces it. */
    public TextFiles with(Path file, String text) {
        texts.put(file, text);
        return this;
    }

    /** Makes planned changes. */
    public void make(List<FileChange> changes) {
        changes.forEach(change -> texts.put(change.file(), change.after()));
    }

    @Override
    public boolean exists(Path file) {
        return texts.containsKey(file) || isFolder(file);
    }

    @Override
    public boolean isFolder(Path file) {
        return texts.keySet().stream().anyMatch(each -> each.startsWith(file) && !each.equals(file));
    }

    @Override
    public String read(Path file) throws Failure {
        String text = texts.get(file);
        if (text == null) {
            throw Failure.usage("No such file: " + file);
        }
        return text;
    }

    @Override
    public List<Path> list(Path folder) {
        return texts.keySet().stream()
                .filter(each -> each.startsWith(folder) && !each.equals(folder))
                .map(each -> folder.resolve(folder.relativize(each).getName(0)))
                .distinct()
                .toList();
    }
}
