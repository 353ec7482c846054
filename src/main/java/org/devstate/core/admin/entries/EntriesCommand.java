// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.entries;

import java.util.List;
import java.util.function.Predicate;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.fields.SiteLookup;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Glob;
import org.jspecify.annotations.Nullable;

/** {@code devstate-entries}: the stored entries, in parts. */
public final class EntriesCommand implements Command {

    private static final int MOST = 1_000;

    private static final Form FORM = new Form(
            "Entries",
            "Lists the devices and mailboxes that match every field.",
            List.of(
                    Field.text("site", "Site", "The site of the publisher. Empty (default): all sites."),
                    ItemFields.NODE,
                    Field.text("id", "Names", "A glob such as PJSIP/2*. Default: *.")
                            .with("*"),
                    Field.text("state", "States", "A glob over device states, or over counts such as 2/0. Default: *.")
                            .with("*"),
                    Field.text("max", "At most", "How many to show. Default: 100. 1 to " + MOST + ".")
                            .with("100"),
                    Field.text("after", "After", "The 'next' of the last call. Empty (default): from the start."),
                    Field.text(
                            "since",
                            "Changed after",
                            "A time such as 2026-11-25T08:30:00Z, or milliseconds since 1970. Empty (default): whenever.")));

    private final Operations operations;

    public EntriesCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-entries";
    }

    @Override
    public String title() {
        return "List entries";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::list);
    }

    private Step list(SubmittedForm entered) {
        SiteLookup.find(entered, "site", operations.sites().policy());
        String site = entered.text("site");
        NodeType node = ItemFields.node(entered);
        Glob id = ItemFields.glob(entered, "id");
        Glob state = ItemFields.glob(entered, "state");
        int max = entered.number("max", 1, MOST);
        ItemKey after = place(entered);
        long since = since(entered);
        if (!entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        Predicate<Entries.Known> which =
                known -> (site.isEmpty() || known.site().equals(site))
                        && (node == null || known.entry().key().node() == node)
                        && known.entry().changedAtMs() > since
                        && id.matches(known.entry().key().id())
                        && state.matches(ItemFields.text(known.entry().value()));
        return new Step.Done(result(operations.entries().find(which, after, max + 1), max));
    }

    private Result result(Entries.FoundEntries part, int max) {
        List<Entries.Known> shown =
                part.entries().subList(0, Math.min(max, part.entries().size()));
        Table.TableBuilder table = Table.of("node", "id", "eid", "site", "account", "value")
                .time("changed")
                .duration("age-s")
                .number("version");
        shown.forEach(known -> row(table, known));
        Result result =
                Result.of("Entries", table.build()).with(Field.number("count", "How many in all", part.count()));
        if (shown.size() == part.entries().size()) {
            return result;
        }
        ItemKey last = shown.get(shown.size() - 1).entry().key();
        String next = last.node().nodeName() + " " + last.eid() + " " + last.id();
        return result.with(Field.text("next", "Where the next part begins", "").with(next));
    }

    private void row(Table.TableBuilder table, Entries.Known known) {
        Entry entry = known.entry();
        table.row(
                entry.key().node().nodeName(),
                entry.key().id(),
                entry.key().eid(),
                known.site(),
                entry.publisher().account(),
                ItemFields.text(entry.value()),
                Utc.format(entry.changedAtMs()),
                age(entry, operations.entries().nowMs()),
                entry.version());
    }

    /** How long ago an entry has changed, in seconds. */
    static long age(Entry entry, long nowMs) {
        return Math.max(0, nowMs - entry.changedAtMs()) / 1_000;
    }

    private static @Nullable ItemKey place(SubmittedForm entered) {
        String text = entered.text("after");
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split(" ", 3);
        NodeType node = NodeType.named(parts[0]);
        Eid eid = parts.length == 3 ? Eid.parse(parts[1]) : null;
        if (node == null || eid == null) {
            entered.fault("after", "must be the 'next' of the last call, not '" + text + "'");
            return null;
        }
        return new ItemKey(node, parts[2], eid);
    }

    private static long since(SubmittedForm entered) {
        String text = entered.text("since");
        Long ms = text.isEmpty() ? Long.valueOf(-1) : text.matches("\\d{1,15}") ? Long.valueOf(text) : Utc.parse(text);
        if (ms == null) {
            entered.fault(
                    "since",
                    "must be a time such as 2026-11-25T08:30:00Z, or milliseconds since 1970, not '" + text + "'");
            return 0;
        }
        return ms;
    }
}
