// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.serve.feed.EntryChange.Effect;
import org.devstate.serve.feed.EntryMirror.Outcome;
import org.devstate.serve.feed.EntryMirror.TableCopy;
import org.devstate.serve.feed.EntryMirror.Update;
import org.junit.jupiter.api.Test;

final class EntryMirrorTest {

    private final EntryMirror mirror = new EntryMirror();

    private static MirroredEntry entry(String id, String value) {
        return new MirroredEntry(
                "device_state",
                id,
                "00:00:00:00:00:0a",
                "paris",
                "pbx1@example.net",
                value,
                "2026-11-29T17:00:00.000Z");
    }

    private static EntryChange change(long number, Effect effect, String id, String value) {
        return new EntryChange(number, effect, entry(id, value));
    }

    private static ChangePage page(String next, EntryChange... changes) {
        return new ChangePage(List.of(changes), next, false, true);
    }

    /** Has A and B as of the place 7-10. */
    private void readTwo() {
        mirror.begin("7-10");
        mirror.read(List.of(entry("B", "INUSE")));
        mirror.read(List.of(entry("A", "BUSY")));
        assertThat(mirror.apply(page("7-10")).outcome()).isEqualTo(Outcome.RENEWED);
    }

    @Test
    void nothingIsShownBeforeTheTableIsRead() {
        assertThat(mirror.snapshot()).isEqualTo(new TableCopy("", List.of()));
        assertThat(mirror.isCaughtUp()).isFalse();
        mirror.begin("7-10");
        mirror.read(List.of(entry("A", "BUSY")));
        assertThat(mirror.snapshot()).isEqualTo(new TableCopy("", List.of()));
        assertThat(mirror.size()).isZero();
        assertThat(mirror.since()).isEqualTo("7-10");
    }

    @Test
    void aReadTableIsShownInItsOrder() {
        readTwo();
        assertThat(mirror.snapshot())
                .isEqualTo(new TableCopy("7-10", List.of(entry("A", "BUSY"), entry("B", "INUSE"))));
        assertThat(mirror.size()).isEqualTo(2);
        assertThat(mirror.isCaughtUp()).isTrue();
    }

    @Test
    void aTableIsNotShownWhileChangesThatCameMeanwhileAreMissing() {
        mirror.begin("7-10");
        mirror.read(List.of(entry("A", "RINGING"))); // as of change 11
        Update update =
                mirror.apply(new ChangePage(List.of(change(10, Effect.STORED, "A", "INUSE")), "7-11", false, false));
        assertThat(update).isEqualTo(new Update(Outcome.READING, List.of()));
        assertThat(mirror.snapshot().entries()).isEmpty();
        assertThat(mirror.isCaughtUp()).isFalse();

        assertThat(mirror.apply(page("7-12", change(11, Effect.STORED, "A", "RINGING"))))
                .isEqualTo(new Update(Outcome.RENEWED, List.of()));
        assertThat(mirror.snapshot()).isEqualTo(new TableCopy("7-12", List.of(entry("A", "RINGING"))));
    }

    @Test
    void changesAreAppliedByTheirEffectAndHandedOn() {
        readTwo();
        EntryChange[] changes = {
            change(10, Effect.STORED, "C", "INUSE"),
            change(11, Effect.REMOVED, "A", "UNAVAILABLE"),
            change(12, Effect.DELIVERED, "B", "RINGING"),
            change(13, Effect.MOVED, "B", "INUSE")
        };
        assertThat(mirror.apply(page("7-14", changes))).isEqualTo(new Update(Outcome.CHANGED, List.of(changes)));
        assertThat(mirror.snapshot())
                .isEqualTo(new TableCopy("7-14", List.of(entry("B", "INUSE"), entry("C", "INUSE"))));
        assertThat(Stream.of(changes).filter(EntryChange::isStored))
                .extracting(EntryChange::number)
                .containsExactly(10L, 13L);
    }

    @Test
    void aChangeIsAppliedOnce() {
        readTwo();
        mirror.apply(page("7-12", change(10, Effect.STORED, "A", "INUSE"), change(11, Effect.STORED, "A", "RINGING")));

        Update again = mirror.apply(page("7-12", change(10, Effect.STORED, "A", "INUSE")));

        assertThat(again).isEqualTo(new Update(Outcome.CHANGED, List.of()));
        assertThat(mirror.snapshot().entries()).containsExactly(entry("A", "RINGING"), entry("B", "INUSE"));
    }

    @Test
    void afterALossTheOldCopyIsShownUntilTheTableIsReadAnew() {
        readTwo();
        ChangePage lost = new ChangePage(List.of(change(3, Effect.STORED, "Z", "BUSY")), "8-4", true, true);
        assertThat(mirror.apply(lost)).isEqualTo(new Update(Outcome.LOST, List.of()));
        mirror.begin("8-4");
        mirror.read(List.of(entry("Z", "BUSY")));
        assertThat(mirror.snapshot().next()).isEqualTo("7-10");
        assertThat(mirror.size()).isEqualTo(2);

        assertThat(mirror.apply(page("8-4")).outcome()).isEqualTo(Outcome.RENEWED);

        assertThat(mirror.snapshot()).isEqualTo(new TableCopy("8-4", List.of(entry("Z", "BUSY"))));
    }

    @Test
    void aSnapshotDoesNotChange() {
        readTwo();
        TableCopy before = mirror.snapshot();
        mirror.apply(page("7-11", change(10, Effect.REMOVED, "A", "UNAVAILABLE")));
        assertThat(before.entries()).hasSize(2);
    }

    @Test
    void changesBeforeAnyTableAreAMistake() {
        assertThatThrownBy(() -> mirror.apply(page("7-10"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServiceWithoutTheColumnsIsNamedAsOlder() {
        Result old = Result.of(
                "Entries",
                Table.of("node", "id", "eid", "site", "account", "value").build());
        assertThatThrownBy(() -> MirroredEntry.of(old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'Entries' has no column 'changed': the service is older than this devstatectl;"
                        + " update the service");
        assertThatThrownBy(() -> MirroredEntry.of(Result.of("Entries", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'Entries' has no table");
    }
}
