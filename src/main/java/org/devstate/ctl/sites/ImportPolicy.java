// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.sites;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.output.TerminalText;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code devstatectl import} */
@Command(
        name = "import",
        description =
                "Replaces the whole policy with the one in a file. It shows the changes and asks first; if you answer no,"
                        + " nothing is changed and the exit status is 1. An invalid policy changes nothing either: all its"
                        + " errors are reported together, with line and column.",
        footer = {"", "Examples:", "  devstatectl import sites.policy", "  devstatectl import --yes - < sites.policy"})
public final class ImportPolicy extends ServiceCommand {

    private static final String NODE = "devstate-import";

    @Parameters(index = "0", paramLabel = "FILE", description = "File written by export; - is standard input.")
    private String file = "";

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    private List<String> policy = List.of();

    @Override
    protected void check() throws Failure {
        try {
            String text = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            policy = text.lines().toList();
        } catch (IOException e) {
            throw FileFault.reading(Path.of(file), e);
        }
    }

    @Override
    protected void run(Conversation conversation) throws Failure {
        Answer stage = conversation.begin(NODE, Conversation.form().with("policy", policy));
        if (stage.done()) {
            print(stage.result());
            return;
        }
        Field diff = stage.result().field("diff");
        if (diff.values().isEmpty()) {
            conversation.cancel(NODE, stage);
            print(Result.done("", "Nothing would change").with(diff));
            return;
        }
        if (!parent().isJson()) {
            diff.values().forEach(line -> out().println(TerminalText.of(line)));
        }
        if (!isConfirmed(conversation, stage)) {
            conversation.cancel(NODE, stage);
            throw Failure.rejected("Nothing was changed");
        }
        Result result = conversation.complete(NODE, stage, Conversation.form());
        print(parent().isJson() ? result.with(diff) : result);
    }

    private boolean isConfirmed(Conversation conversation, Answer stage) throws Failure {
        try {
            return confirmed(yes, "Replace the policy in force?");
        } catch (Failure noTerminal) {
            conversation.cancel(NODE, stage);
            throw noTerminal;
        }
    }
}
