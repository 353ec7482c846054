package org.devstate.ctl.entries;

import java.util.List;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.output.TerminalText;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.AnswerValue;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code devstatectl why} */
@Command(
        name = "why",
        description =
                "Says why a device or mailbox is dark, or lit, at one server: the deciding fact first, then the others, then"
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
        Answer answer = conversation.run(
                "devstate-why",
                Conversation.form()
                        .with("server", server)
                        .with("node", node == null ? "" : node.node())
                        .with("id", name));
        if (parent().isJson()) {
            print(answer);
            return;
        }
        line(answer.value("answer").text());
        AnswerValue sources = answer.value("sources");
        if (sources.lines().size() > 1) {
            out().println();
            parent().printer().print(Answer.of(List.of(), List.of(), sources.table()), out());
        }
        part("", answer.value("facts"));
        part("What to do:", answer.value("todo"));
        warnAll(answer);
    }

    private void part(String title, AnswerValue lines) {
        if (lines.lines().isEmpty()) {
            return;
        }
        out().println();
        if (!title.isEmpty()) {
            line(title);
        }
        lines.lines().forEach(text -> line(title.isEmpty() ? text : "  " + text));
    }

    private void line(String text) {
        out().println(TerminalText.of(text));
    }
}
