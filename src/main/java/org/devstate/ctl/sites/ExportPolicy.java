// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.sites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.output.TerminalText;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FileFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code devstatectl export} */
@Command(
        name = "export",
        description = "Writes the whole policy, all sites with their rules, as one text.",
        footer = {"", "Examples:", "  devstatectl export", "  devstatectl export sites.policy"})
public final class ExportPolicy extends ServiceCommand {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "File to write, replaced if it exists; - is standard output. Default: -")
    private String file = "-";

    @Override
    protected void run(Conversation conversation) throws Failure {
        Result result = conversation.run("devstate-export", Conversation.form());
        List<String> policy = result.field("policy").values();
        if (!file.equals("-")) {
            write(policy);
            warnAll(result);
        } else if (parent().isJson()) {
            print(result);
        } else {
            policy.forEach(line -> out().println(TerminalText.of(line)));
            warnAll(result);
        }
    }

    private void write(List<String> policy) throws Failure {
        try {
            Files.write(Path.of(file), policy);
        } catch (IOException e) {
            throw FileFault.writing(Path.of(file), e);
        }
    }
}
