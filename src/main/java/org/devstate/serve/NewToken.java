package org.devstate.serve;

import java.util.List;
import org.devstate.ctl.command.ExtraSubcommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.security.Tokens;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the token: letters, digits and . _ @ -.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "RIGHT",
            description = "look, look:SITE,SITE for some sites only, or set. Default: look.")
    private List<String> rights = List.of("look");

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "It is not valid from this date on (UTC). Default: it does not expire.")
    private @Nullable String until;

    @Override
    public Integer call() throws Failure {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        UserLine line = UserLine.of(name, rights, until);
        String token = Tokens.make();
        spec.commandLine().getOut().println(line.with(Tokens.hash(token)));
        spec.commandLine().getErr().println(token);
        return 0;
    }
}
