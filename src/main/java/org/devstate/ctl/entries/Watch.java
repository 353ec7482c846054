// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code devstatectl watch} */
@Command(
        name = "watch",
        description = "Shows changes as they happen, a line each, until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  devstatectl watch --site paris",
            "  devstatectl watch --node mailbox --json | jq -r '\"\\(.id): \\(.value)\"'"
        })
public final class Watch extends ServiceCommand {

    private static final String NODE = "devstate-changes";

    /** How long the service holds a request if nothing changes, in seconds. */
    private static final int HELD_S = 20;

    /** A service that stops answers at once; then the next request follows after this time. */
    private static final int PAUSE_MS = 1_000;

    @Mixin
    private EntryFilter filter = new EntryFilter();

    @Option(names = "--count", paramLabel = "N", description = "End after so many changes. Default: never.")
    private long count = Long.MAX_VALUE;

    private long shown;

    @Override
    protected void check() throws Failure {
        if (count < 1) {
            throw Failure.usage("--count must be at least 1");
        }
    }

    @Override
    protected void run(Conversation conversation) throws Failure {
        FilledForm form = filter.fill(Conversation.form());
        Result result = conversation.run(NODE, form);
        warnAll(result);
        if (!parent().isJson()) {
            err().println("Watching; Ctrl-C ends it");
        }
        while (shown < count && !out().checkError()) { // an error: the output has no reader any more
            show(result);
            if (shown < count) {
                result = next(
                        conversation, form.with("since", result.field("next").text()));
            }
        }
    }

    /** Waits for more changes; they are shown as soon as they come. */
    private static Result next(Conversation conversation, FilledForm form) throws Failure {
        long askedNanos = System.nanoTime();
        Result result = conversation.run(NODE, form.with("wait", Integer.toString(HELD_S)));
        Table table = result.table();
        boolean isEmpty = table == null || table.rows().isEmpty();
        if (isEmpty && System.nanoTime() - askedNanos < TimeUnit.MILLISECONDS.toNanos(PAUSE_MS)) {
            pause(PAUSE_MS);
        }
        return result;
    }

    private void show(Result result) {
        if (result.field("lost").yes()) {
            warn("some changes are not shown, because the service stores only the latest");
        }
        Table table = result.table();
        List<List<String>> rows = table == null ? List.of() : table.rows();
        for (List<String> row : rows) {
            if (table != null && shown < count) {
                int skipped =
                        !parent().isJson() && table.columns().get(0).name().equals("seq") ? 1 : 0;
                parent().printer()
                        .printLine(
                                table.columns().subList(skipped, row.size()), row.subList(skipped, row.size()), out());
                shown++;
            }
        }
        out().flush();
    }

    private static void pause(long ms) throws Failure {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.rejected("interrupted");
        }
    }
}
