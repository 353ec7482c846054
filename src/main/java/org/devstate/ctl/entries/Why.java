// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.form.Table;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.output.TerminalText;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code devstatectl why} */
@Command(
        name = "why",
        description =
                "Explains why a device or mailbox is dark, or lit, at one server: the deciding fact first, then the others, then"
                        + " what to do.",
        footer = {
            "",
            "Examples:",
            "  devstatectl why pbx3 device PJSIP/100",
            "  devstatectl why pbx3@berlin.example.net mailbox 500@default"
        })
public final class Why extends ServiceCommand {

    @Parameters(
            index = "0",
            paramLabel = "SERVER",
            description = "The server that shows it: its account, or the local part if only one server has that.")
    private String server = "";

    @Parameters(index = "1", paramLabel = "NODE", converter = NodeName.Converter.class, description = NodeName.HELP)
    private @Nullable NodeName node;

    @Parameters(index = "2", paramLabel = "NAME", description = "Its name, such as PJSIP/100 or 500@default.")
    private String name = "";

    @Override
    protected void run(Conversation conversation) throws Failure {
        Result result = conversation.run(
                "devstate-why",
                Conversation.form()
                        .with("server", server)
                        .with("node", node == null ? "" : node.node())
                        .with("id", name));
        if (parent().isJson()) {
            print(result);
            return;
        }
        line(result.field("answer").text());
        Table sources = result.table("sources");
        if (sources != null && !sources.rows().isEmpty()) {
            out().println();
            parent().printer().print(Result.of("", sources.named("", "")), out());
        }
        part("", result.field("facts"));
        part("What to do:", result.field("todo"));
        warnAll(result);
    }

    private void part(String title, Field lines) {
        if (lines.values().isEmpty()) {
            return;
        }
        out().println();
        if (!title.isEmpty()) {
            line(title);
        }
        lines.values().forEach(text -> line(title.isEmpty() ? text : "  " + text));
    }

    private void line(String text) {
        out().println(TerminalText.of(text));
    }
}
