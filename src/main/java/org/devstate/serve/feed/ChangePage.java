// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.feed;

import java.util.List;
import java.util.Locale;
import org.devstate.core.admin.form.Result;

/**
 * One answer of {@code devstate-changes}.
 *
 * @param changes in their order
 * @param next the place in the history that follows them: {@code run-number}
 * @param isLost whether some before these are forgotten, or the service has been started anew: the mirror begins anew
 * @param isLast whether it held all changes up to {@code next} that there were; else others follow at once
 */
public record ChangePage(List<EntryChange> changes, String next, boolean isLost, boolean isLast) {

    public ChangePage {
        changes = List.copyOf(changes);
    }

    /**
     * Reads an answer.
     *
     * @param max the {@code max} of the request
     * @throws IllegalArgumentException if a column is missing, because the service is of an older release; the text names it
     */
    public static ChangePage of(Result answer, int max) {
        List<EntryChange> changes = Cells.of(
                        answer, "seq", "time", "node", "id", "eid", "site", "account", "value", "effect")
                .rows()
                .map(row -> new EntryChange(
                        Long.parseLong(row.get(0)),
                        EntryChange.Effect.valueOf(row.get(8).toUpperCase(Locale.ROOT)),
                        new MirroredEntry(
                                row.get(2), row.get(3), row.get(4), row.get(5), row.get(6), row.get(7), row.get(1))))
                .toList();
        return new ChangePage(
                changes, answer.field("next").text(), answer.field("lost").yes(), changes.size() < max);
    }
}
