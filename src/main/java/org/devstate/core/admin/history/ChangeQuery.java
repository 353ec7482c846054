// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import java.util.List;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.admin.operations.History;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Glob;
import org.devstate.core.state.ChangeRing.ChangeEffect;
import org.jspecify.annotations.Nullable;

/**
 * Which changes an administrator asks for.
 *
 * @param site the name of a site; empty for all
 * @param node the kind; {@code null} for both
 * @param id over names
 * @param isForMirror whether changes of an account, a site or a time count, too
 * @param max how many at most
 */
record ChangeQuery(String site, @Nullable NodeType node, Glob id, boolean isForMirror, int max) {

    /**
     * The changes that match.
     *
     * @param lost whether some before these are forgotten
     * @param next the number of the change that follows them
     */
    record ChangePart(List<History.Happened> changes, boolean lost, long next) {

        /** Whether there is something to answer. */
        boolean isNews() {
            return lost || !changes.isEmpty();
        }
    }

    /** Those from that number on. */
    ChangePart from(History history, long number) {
        History.Past past = history.changesFrom(number);
        List<History.Happened> met =
                past.changes().stream().filter(this::matches).limit(max + 1L).toList();
        long next = met.size() > max ? met.get(max).number() : past.next();
        return new ChangePart(met.subList(0, Math.min(max, met.size())), past.lost(), next);
    }

    private boolean matches(History.Happened change) {
        return (site.isEmpty() || change.site().equals(site))
                && (node == null || change.key().node() == node)
                && (isForMirror || change.effect() != ChangeEffect.MOVED)
                && id.matches(change.key().id());
    }

    /** The answer of the command. */
    static Result result(long run, ChangePart part) {
        Table.TableBuilder table =
                Table.of().number("seq").time("time").text("node", "id", "eid", "site", "account", "value", "effect");
        for (History.Happened change : part.changes) {
            table.row(
                    change.number(),
                    Utc.format(change.atMs()),
                    change.key().node().nodeName(),
                    change.key().id(),
                    change.key().eid(),
                    change.site(),
                    change.account(),
                    ItemFields.text(change.value()),
                    change.effect().word());
        }
        return Result.of("Changes", table.build())
                .with(Field.text("next", "Where the next time begins", "").with(run + "-" + part.next))
                .with(Field.yesNo("lost", "Whether some are forgotten", "").with(Boolean.toString(part.lost)));
    }
}
