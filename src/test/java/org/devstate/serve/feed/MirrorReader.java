// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.devstate.core.admin.form.Result;
import org.devstate.serve.feed.EntryMirror.Outcome;

/** Feeds a mirror as {@code devstatectl serve} does, in small parts. */
public final class MirrorReader {

    private static final int PAGE = 3;

    /** Runs commands of a service. */
    @FunctionalInterface
    public interface CommandRunner {

        /** The result of a command; fields and values by turns. */
        Result run(String node, String... fields);
    }

    private final EntryMirror mirror = new EntryMirror();
    private final CommandRunner service;
    private final Runnable meanwhile;

    /** @param meanwhile happens between two parts of the table */
    public MirrorReader(CommandRunner service, Runnable meanwhile) {
        this.service = service;
        this.meanwhile = meanwhile;
    }

    /** Reads the whole table. */
    public void readTable() {
        mirror.begin(ChangePage.of(service.run("devstate-changes", "mirror", "true"), PAGE)
                .next());
        Result part = service.run("devstate-entries", "max", Integer.toString(PAGE));
        while (true) {
            mirror.read(MirroredEntry.of(part));
            meanwhile.run();
            String next = part.field("next").text();
            if (next.isEmpty()) {
                return;
            }
            part = service.run("devstate-entries", "max", Integer.toString(PAGE), "after", next);
        }
    }

    /** Applies all changes that there are. */
    public void catchUp() {
        ChangePage page;
        do {
            Result answer = service.run(
                    "devstate-changes", "since", mirror.since(), "mirror", "true", "max", Integer.toString(PAGE));
            page = ChangePage.of(answer, PAGE);
            assertThat(mirror.apply(page).outcome()).isNotEqualTo(Outcome.LOST);
        } while (!page.isLast());
        assertThat(mirror.isCaughtUp()).isTrue();
    }

    /** What the mirror shows. */
    public List<MirroredEntry> mirrored() {
        return mirror.snapshot().entries();
    }

    /** What the service has. */
    public List<MirroredEntry> entries() {
        return MirroredEntry.of(service.run("devstate-entries", "max", "1000")).stream()
                .sorted(Comparator.comparing(MirroredEntry::key))
                .toList();
    }
}
