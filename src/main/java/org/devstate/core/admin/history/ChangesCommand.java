// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.history;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.fields.ItemFields;
import org.devstate.core.admin.fields.SiteLookup;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Form;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.History;
import org.devstate.core.admin.operations.Operations;

/**
 * {@code devstate-changes}: the changes since the last call, for a client that watches. With {@code wait} it answers as soon as there is
 * one, and does not keep other commands waiting.
 *
 * <p>A client that keeps a copy of {@code devstate-entries} first takes {@code next} here, then reads all parts of the entries, and then
 * applies the changes from that {@code next} on, with {@code mirror} and without filters, in their order. When it has applied all that
 * there are, its copy is exact: {@code effect} is {@code stored} or {@code moved} if the entry is as in the row, with {@code time} as the
 * time of its change; {@code removed} if the table does not have it any more; {@code delivered} if a value was not cachable, and so was delivered only. If {@code lost}
 * is true, it begins anew. The site is that of the policy in force; if a policy moves an account to another site, each of its entries is
 * listed as {@code moved}.
 */
public final class ChangesCommand implements Command {

    private static final int MOST = 1_000;
    private static final int MOST_SECONDS = 30;

    private static final Form FORM = new Form(
            "Changes",
            "Lists the changes since the last call that match every field.",
            List.of(
                    Field.text("since", "Since", "The 'next' of the last call. Empty (default): from now on."),
                    Field.text("site", "Site", "The site of the publisher. Empty (default): all sites."),
                    ItemFields.NODE,
                    Field.text("id", "Names", "A glob such as PJSIP/2*. Default: *.")
                            .with("*"),
                    Field.text("max", "At most", "How many to show. Default: 100. 1 to " + MOST + ".")
                            .with("100"),
                    Field.text(
                                    "wait",
                                    "Wait",
                                    "How long to wait for a change if there is none yet, in seconds. Default: 0. 0 to "
                                            + MOST_SECONDS + ". At most " + History.MOST_HELD
                                            + " requests wait at a time.")
                            .with("0"),
                    Field.yesNo(
                            "mirror",
                            "For a mirror",
                            "Whether to list a new account, site or time of an entry, too, for a program that keeps a"
                                    + " copy of devstate-entries. Default: no.")));

    private final Operations operations;

    public ChangesCommand(Operations operations) {
        this.operations = operations;
    }

    @Override
    public String node() {
        return "devstate-changes";
    }

    @Override
    public String title() {
        return "Show recent changes";
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
        String since = entered.text("since");
        if (!since.matches("(\\d{1,18}-\\d{1,18})?")) {
            entered.fault("since", "must be the 'next' of the last call, not '" + since + "'");
        }
        SiteLookup.find(entered, "site", operations.sites().policy());
        ChangeQuery query = new ChangeQuery(
                entered.text("site"),
                ItemFields.node(entered),
                ItemFields.glob(entered, "id"),
                entered.yes("mirror"),
                entered.number("max", 1, MOST));
        int waitS = entered.number("wait", 0, MOST_SECONDS);
        return entered.isRight() ? answer(entered, since, query, waitS) : Step.InvalidForm.of(entered);
    }

    private Step answer(SubmittedForm entered, String since, ChangeQuery query, int waitS) {
        History history = operations.history();
        boolean ofThisRun = since.isEmpty() || since.startsWith(history.run() + "-");
        long from = since.isEmpty()
                ? history.next()
                : ofThisRun ? Long.parseLong(since.substring(since.indexOf('-') + 1)) : 0;
        ChangeQuery.ChangePart part = query.from(history, from);
        if (!ofThisRun) {
            part = new ChangeQuery.ChangePart(part.changes(), true, part.next());
        }
        if (waitS == 0 || part.isNews()) {
            return new Step.Done(ChangeQuery.result(history.run(), part));
        }
        HeldChanges held = new HeldChanges(history, query, part);
        if (history.hold(held, TimeUnit.SECONDS.toMillis(waitS))) {
            return new Step.Later(held.answer());
        }
        entered.fault(
                "wait",
                History.MOST_HELD
                        + " requests wait for changes already, which is the limit; try again later, or use 0");
        return Step.InvalidForm.of(entered);
    }
}
