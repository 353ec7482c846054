// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.entries;

import java.util.ArrayList;
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
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Glob;
import org.devstate.core.policy.hints.CaseHints;
import org.devstate.core.validation.ItemValidator;
import org.jspecify.annotations.Nullable;

/**
 * {@code devstate-clear-entry}: removes entries until their servers publish them again. One name of one server is cleared at once; the
 * matches of a glob are counted first, and cleared after a confirmation.
 */
public final class ClearEntryCommand implements Command {

    /** How many of the names are shown before they are cleared. */
    private static final int SHOWN = 20;

    /** How many entries are looked at for names that differ in case only. */
    private static final int HINTED = 5;

    private static final Form FORM = new Form(
            "Clear entries",
            "Subscribers receive the offline state of a device, and an empty mailbox. The next publish of its server counts again.",
            List.of(
                    ItemFields.NODE.mandatory(),
                    Field.text(
                                    "id",
                                    "Device or mailbox",
                                    "Its name, or a glob such as MulticastRTP/*: * is any characters, ? is one, \\* is a *. What a glob"
                                            + " matches is counted first, and you are asked.")
                            .mandatory(),
                    Field.text(
                            "eid",
                            "EID",
                            "The EID of the server, such as 00:11:22:33:44:5a. Empty (default): all servers."),
                    Field.text("site", "Site", "The site whose servers are meant. Empty (default): all sites.")));

    private final Operations operations;

    public ClearEntryCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-clear-entry";
    }

    @Override
    public String title() {
        return "Clear entries by hand";
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::clear);
    }

    private Step clear(SubmittedForm entered) {
        NodeType node = ItemFields.node(entered);
        Glob names = ItemFields.glob(entered, "id");
        Eid eid = ItemFields.eid(entered);
        SiteLookup.find(entered, "site", operations.sites().policy());
        String site = entered.text("site");
        String id = names.name();
        String fault = id == null || id.isEmpty() || node == null ? null : ItemValidator.idFault(node, id);
        if (fault != null) {
            entered.fault("id", fault);
        }
        if (!entered.isRight() || node == null) {
            return Step.InvalidForm.of(entered);
        }
        return id != null && eid != null && site.isEmpty()
                ? clearOne(entered, new ItemKey(node, id, eid))
                : ask(entered, node, names, eid, site);
    }

    private Step clearOne(SubmittedForm entered, ItemKey key) {
        if (!operations.entries().clear(key)) {
            String inOtherCase = inOtherCase(matching(key.node(), key.eid(), ""), Glob.of(key.id()));
            entered.fault("id", "no entry " + key.id() + " of the server " + key.eid() + inOtherCase);
            return Step.InvalidForm.of(entered);
        }
        return new Step.Done(Result.done(title(), "Entry removed: " + key.id() + " of " + key.eid()));
    }

    private Step ask(SubmittedForm entered, NodeType node, Glob names, @Nullable Eid eid, String site) {
        Predicate<Entries.Known> scope = matching(node, eid, site);
        Predicate<Entries.Known> which =
                scope.and(known -> names.matches(known.entry().key().id()));
        Entries.FoundEntries found = operations.entries().find(which, null, SHOWN);
        if (found.count() == 0) {
            entered.fault("id", "no entry matches " + names + inOtherCase(scope, names));
            return Step.InvalidForm.of(entered);
        }
        List<String> lines = new ArrayList<>();
        found.entries()
                .forEach(known -> lines.add(
                        known.entry().key().id() + " of " + known.entry().key().eid()));
        if (found.count() > lines.size()) {
            lines.add("\u2026and " + (found.count() - lines.size()) + " more");
        }
        Form form = new Form(
                "Clear " + found.count() + " entries",
                found.count() + " entries match " + names + ". Complete this to clear them.",
                List.of(
                        Field.fixed("count", "How many would be cleared", List.of(Integer.toString(found.count()))),
                        Field.fixed("entries", "What would be cleared", lines)));
        return Step.Stage.last(form, confirmed -> clearAll(confirmed, which));
    }

    private static Predicate<Entries.Known> matching(NodeType node, @Nullable Eid eid, String site) {
        return known -> known.entry().key().node() == node
                && (eid == null || known.entry().key().eid().equals(eid))
                && (site.isEmpty() || known.site().equals(site));
    }

    private String inOtherCase(Predicate<Entries.Known> scope, Glob names) {
        Predicate<Entries.Known> which =
                scope.and(known -> names.matchesIgnoringCase(known.entry().key().id()));
        return CaseHints.ofKnown(operations.entries().find(which, null, HINTED).entries().stream()
                .map(known -> known.entry().key().id())
                .distinct()
                .toList());
    }

    private Step clearAll(SubmittedForm confirmed, Predicate<Entries.Known> which) {
        return confirmed.isRight()
                ? new Step.Done(Result.done(
                        title(), "Entries removed: " + operations.entries().clear(which)))
                : Step.InvalidForm.of(confirmed);
    }
}
