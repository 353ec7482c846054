// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import java.util.List;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code devstatectl entries} */
@Command(
        name = "entries",
        description = "Shows the devices and mailboxes that are stored, once for each server that publishes them.",
        footer = {
            "",
            "Examples:",
            "  devstatectl entries --site paris --node device --state 'RING*'",
            "  devstatectl entries --json | jq -r '.[] | select(.\"age-s\" > 3600) | .id'"
        })
public final class EntryLists extends ServiceCommand {

    /** The most rows that the service sends at once. */
    private static final int PAGE = 1000;

    private static final List<String> PAGE_FIELDS = List.of("count", "next");

    @Mixin
    private EntryFilter filter = new EntryFilter();

    @Option(names = "--state", paramLabel = "GLOB", description = "Values such as INUSE or 'RING*'.")
    private @Nullable String state;

    @Option(names = "--limit", paramLabel = "N", description = "Show this many at most. Default: all.")
    private int limit = Integer.MAX_VALUE;

    @Override
    protected void check() throws Failure {
        if (limit < 1) {
            throw Failure.usage("--limit must be at least 1");
        }
    }

    @Override
    protected void run(Conversation conversation) throws Failure {
        FilledForm form = filter.fill(Conversation.form()).with("max", Integer.toString(Math.min(limit, PAGE)));
        form = state == null ? form : form.with("state", state);
        Result page = conversation.run("devstate-entries", form);
        Table rows = tableOf(page);
        String count = page.field("count").text();
        String next = page.field("next").text();
        while (!next.isEmpty() && rows.rows().size() < limit) {
            page = conversation.run("devstate-entries", form.with("after", next));
            rows = rows.and(tableOf(page));
            String last = next;
            next = page.field("next").text();
            if (next.equals(last)) {
                throw Failure.rejected("the service gives the same page again and again; please report this");
            }
        }
        print(page.without(PAGE_FIELDS).with(rows.first(limit)));
        if (!next.isEmpty() || rows.rows().size() > limit) {
            warn("only " + limit + " of " + count + " are shown");
        }
    }

    private static Table tableOf(Result page) {
        Table table = page.table();
        return table == null ? new Table(List.of(), List.of()) : table;
    }
}
