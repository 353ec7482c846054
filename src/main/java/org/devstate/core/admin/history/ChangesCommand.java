package org.devstate.core.admin.history;

import java.util.List;
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
import org.devstate.core.admin.operations.History;
import org.devstate.core.admin.operations.Operations;
import org.devstate.core.model.NodeType;
import org.devstate.core.policy.Glob;

/** {@code devstate-changes}: the changes since the last call, for a client that watches. */
public final class ChangesCommand implements Command {

    private static final int MOST = 1_000;

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
                            .with("100")));

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
        History history = operations.history();
        String since = entered.text("since");
        if (!since.matches("(\\d{1,18}-\\d{1,18})?")) {
            entered.fault("since", "must be the 'next' of the last call, not '" + since + "'");
        }
        SiteLookup.find(entered, "site", operations.sites().policy());
        String site = entered.text("site");
        NodeType node = ItemFields.node(entered);
        Glob id = ItemFields.glob(entered, "id");
        int max = entered.number("max", 1, MOST);
        if (!entered.isRight()) {
            return Step.InvalidForm.of(entered);
        }
        boolean ofThisRun = since.isEmpty() || since.startsWith(history.run() + "-");
        long from = since.isEmpty()
                ? history.next()
                : ofThisRun ? Long.parseLong(since.substring(since.indexOf('-') + 1)) : 0;
        History.Past past = history.changesFrom(from);
        List<History.Happened> met = past.changes().stream()
                .filter(change -> (site.isEmpty() || change.site().equals(site))
                        && (node == null || change.key().node() == node)
                        && id.matches(change.key().id()))
                .limit(max + 1L)
                .toList();
        long next = met.size() > max ? met.get(max).number() : past.next();
        return new Step.Done(result(met.subList(0, Math.min(max, met.size())), past.lost() || !ofThisRun, next));
    }

    private Result result(List<History.Happened> changes, boolean lost, long next) {
        Table.TableBuilder table =
                Table.of().number("seq").time("time").text("node", "id", "eid", "site", "account", "value");
        for (History.Happened change : changes) {
            table.row(
                    change.number(),
                    Utc.format(change.atMs()),
                    change.key().node().nodeName(),
                    change.key().id(),
                    change.key().eid(),
                    change.site(),
                    change.account(),
                    ItemFields.text(change.value()));
        }
        return Result.of("Changes", table.build())
                .with(Field.text("next", "Where the next time begins", "")
                        .with(operations.history().run() + "-" + next))
                .with(Field.yesNo("lost", "Whether some are forgotten", "").with(Boolean.toString(lost)));
    }
}
