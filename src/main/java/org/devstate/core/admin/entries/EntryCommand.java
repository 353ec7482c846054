// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.entries;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.facts.ClusterFacts;
import org.devstate.core.admin.facts.FactGatherer;
import org.devstate.core.admin.facts.FactQuestion;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.operations.Entries;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.admin.why.Investigator;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.hints.CaseHints;
import org.devstate.core.state.NonCachableStates.NonCachableState;

/** {@code devstate-entry}: the entries of all servers for one device or mailbox, and their outcome at each subscriber. */
public final class EntryCommand implements Command {

    private static final Form FORM = new Form(
            "Entry",
            "Shows what each server publishes of a device or mailbox, and which subscribers received it.",
            List.of(ItemFields.NODE.mandatory(), ItemFields.ID.mandatory()));

    private final Operations operations;
    private final FactGatherer gatherer;

    public EntryCommand(Operations operations) {
        this.operations = operations;
        this.gatherer = new FactGatherer(operations);
    }

    @Override
    public String node() {
        return "devstate-entry";
    }

    @Override
    public String title() {
        return "Show an entry";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::show);
    }

    private Step show(SubmittedForm entered) {
        NodeType node = ItemFields.node(entered);
        String id = ItemFields.id(entered, node);
        if (node == null || !entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        return gatherer.gather(new FactQuestion.OfItem(node, id, null), facts -> result(node, id, facts));
    }

    private Result result(NodeType node, String id, ClusterFacts facts) {
        List<Entries.Known> all = operations.entries().of(node, id);
        Result result = Result.of(id, entries(all)).with(subscribers(all, facts));
        Investigator investigator = new Investigator(operations, facts);
        for (Entries.Known known : all) {
            String remark = investigator.source(known).remark();
            if (!remark.isEmpty()) {
                result = result.with(Note.info(known.entry().key().eid() + ": " + remark));
            }
            String byHand = investigator.byHand(known);
            if (!byHand.isEmpty()) {
                result = result.with(Note.info(known.entry().key().eid() + ": " + byHand));
            }
        }
        return all.isEmpty() ? result.with(Note.warn(unknown(node, id, facts))) : result;
    }

    private Table entries(List<Entries.Known> all) {
        Table.TableBuilder table = Table.of("eid", "value")
                .duration("age-s")
                .text("session", "site")
                .number("version")
                .yesNo("overridden");
        for (Entries.Known known : all) {
            Entry entry = known.entry();
            table.row(
                    entry.key().eid(),
                    ItemFields.text(entry.value()),
                    EntriesCommand.age(entry, operations.entries().nowMs()),
                    entry.publisher(),
                    known.site(),
                    entry.version(),
                    known.byHand());
        }
        return table.build();
    }

    private Table subscribers(List<Entries.Known> all, ClusterFacts facts) {
        boolean isCluster = gatherer.isCluster();
        Table.TableBuilder table = Table.of("eid", "site", "session", "outcome", "because");
        if (isCluster) {
            table.text("node");
        }
        for (Entries.Known known : all) {
            Eid eid = known.entry().key().eid();
            for (ClusterFacts.EntryOutcome outcome : facts.outcomes(eid)) {
                Entries.EntrySubscriber to = outcome.subscriber();
                List<Object> cells = new ArrayList<>(
                        List.of(eid, to.site(), to.session(), to.fate().word(), to.because()));
                if (isCluster) {
                    cells.add(outcome.node());
                }
                table.row(cells.toArray());
            }
        }
        return table.build()
                .named("subscribers", "Subscribers that received it, and those that did not, with the reason");
    }

    private String unknown(NodeType node, String id, ClusterFacts facts) {
        String nothing = CaseHints.ofUnknown(id, operations.entries().inOtherCase(node, id));
        List<NonCachableState> states = facts.nonCachable();
        if (states.isEmpty()) {
            return nothing;
        }
        NonCachableState last = states.get(states.size() - 1);
        return nothing + "; " + last.publisher().account() + " publishes it as non-cachable (last " + last.value()
                + "), which is delivered and never stored; a queue elsewhere shows it, but no hint does. A publish rule"
                + " 'cachable device " + id + "' has it stored";
    }
}
