// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import java.util.concurrent.Callable;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code devstatectl help} */
@Command(
        name = "help",
        description = "Shows the help of a command, as its option --help does.",
        footer = {"", "Example:", "  devstatectl help clear-entry"})
final class HelpSubcommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Its name. Default: the list of all commands.")
    private @Nullable String name;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Failure {
        CommandLine line = spec().commandLine();
        CommandLine devstatectl = line.getParent();
        CommandLine found =
                name == null ? devstatectl : devstatectl.getSubcommands().get(name);
        if (found == null) {
            throw Failure.usage("there is no command " + name + "; devstatectl help lists all");
        }
        found.usage(line.getOut());
        return CommandLine.ExitCode.OK;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec;
    }
}
