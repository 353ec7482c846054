// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.util.concurrent.Callable;
import org.devstate.ctl.command.CommandContext;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code devstatectl setup} */
@Command(
        name = "setup",
        description = {
            "Sets up the component beside the Prosody or ejabberd of this machine, or the plugin in its Tigase: looks at the"
                    + " configuration and shows what is there and what is missing (certificate, component or plugin, limits,"
                    + " administrator, modules). It shows each change, asks, and makes it with a"
                    + " backup beside the file. Then it makes the first site and the files of its first Asterisk.",
            "Run it as root on the machine of the XMPP server. You can run it again at any time: it changes only what is missing."
        },
        footer = {
            "",
            "Secrets and passwords are made at random, written into files that others cannot read, and not shown.",
            "",
            "Examples:",
            "  devstatectl setup --dry-run --domain example.net",
            "  devstatectl setup --domain example.net --server-host xmpp.example.net",
            "  devstatectl setup --undo"
        })
public final class Setup implements Callable<Integer> {

    @ParentCommand
    private @Nullable CommandContext parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SetupOptions options = new SetupOptions();

    @Override
    public Integer call() throws Failure {
        if (parent == null || spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        if (parent.isJson()) {
            throw Failure.usage("setup has no output as JSON");
        }
        if (options.force && !options.undo) {
            throw Failure.usage("--force is for --undo only");
        }
        SetupConsole console =
                new SetupConsole(parent.terminal(), spec.commandLine().getOut(), options.yes);
        if (options.undo) {
            new SetupUndo(console, options).run();
        } else {
            new SetupRun(parent, console, options)
                    .run(spec.root().commandLine().getParseResult().originalArgs());
        }
        return CommandLine.ExitCode.OK;
    }
}
