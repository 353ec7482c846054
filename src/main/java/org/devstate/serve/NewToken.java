// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import org.devstate.ctl.command.ExtraSubcommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.security.Tokens;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code devstatectl new-token} */
@Command(
        name = "new-token",
        description =
                "Makes a token for a program: the standard output is its line for the file that devstatectl serve --users"
                        + " names; the token itself is shown once, on standard error. Nothing is sent to the service.",
        footer = {"", "Example:", "  devstatectl new-token prometheus look --until 2027-12-31 >> users 2> token"})
public final class NewToken implements ExtraSubcommand {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private UserArguments arguments = new UserArguments();

    @Override
    public Integer call() throws Failure {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        UserArguments.UserLine line = arguments.line();
        String token = Tokens.make();
        spec.commandLine().getOut().println(line.with(Tokens.hash(token)));
        spec.commandLine().getErr().println(token);
        return 0;
    }
}
