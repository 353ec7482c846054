// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.facts.ClusterFacts;
import org.devstate.core.admin.facts.FactGatherer;
import org.devstate.core.admin.facts.FactQuestion;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.fields.ServerAccountFields;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.form.Table;
import org.devstate.core.admin.form.Utc;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.Account;
import org.devstate.core.model.NodeType;

/** {@code devstate-why}: why a device or mailbox is dark, or lit, at one server, and the advice. */
public final class WhyCommand implements Command {

    private static final Form FORM = new Form(
            "Why",
            "Explains why a device or mailbox is dark, or lit, at a server, and what to do.",
            List.of(
                    Field.text(
                                    "server",
                                    "Server",
                                    "The account of the server that shows it, such as pbx3@example.net; or pbx3 alone, if only one"
                                            + " server has that name.")
                            .mandatory(),
                    ItemFields.NODE.mandatory(),
                    ItemFields.ID.mandatory()));

    private final Operations operations;
    private final Enrolment enrolment;
    private final FactGatherer gatherer;

    public WhyCommand(Operations operations, Enrolment enrolment) {
        this.operations = operations;
        this.enrolment = enrolment;
        this.gatherer = new FactGatherer(operations);
    }

    @Override
    public String node() {
        return "devstate-why";
    }

    @Override
    public String title() {
        return "Why is it dark, or lit";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Step begin() {
        return Step.Stage.last(FORM, this::find);
    }

    private Step find(SubmittedForm entered) {
        NodeType node = ItemFields.node(entered);
        String id = ItemFields.id(entered, node);
        Account account = ServerAccountFields.find(entered, "server", operations.servers(), enrolment.domain());
        if (account == null || node == null || !entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        return gatherer.gather(
                new FactQuestion.OfItem(node, id, account),
                facts -> result(new Investigator(operations, facts).find(account, node, id), facts));
    }

    private Result result(Finding finding, ClusterFacts facts) {
        boolean isCluster = gatherer.isCluster();
        Table.TableBuilder sources =
                Table.of("eid", "account", "site", "value").time("changed").text("outcome", "because");
        if (isCluster) {
            sources.text("node");
        }
        for (Source source : finding.sources()) {
            List<Object> cells = new ArrayList<>(List.of(
                    source.entry().key().eid(),
                    source.account(),
                    source.known().site(),
                    source.value(),
                    Utc.format(source.entry().changedAtMs()),
                    source.fate().word(),
                    source.because()));
            if (isCluster) {
                cells.add(facts.nodesOf(source.account()));
            }
            sources.row(cells.toArray());
        }
        return Result.of(
                        "Why",
                        List.of(
                                Field.text("answer", "Answer", "").with(finding.answer()),
                                Field.text("cause", "Cause", "")
                                        .with(finding.cause().word()),
                                Field.text("value", "What it shows", "").with(finding.value()),
                                Field.lines("facts", "Further facts", "")
                                        .with(finding.advice().facts()),
                                Field.lines("todo", "What to do", "")
                                        .with(finding.advice().todo())))
                .with(sources.build().named("sources", "What each server publishes"));
    }
}
