// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.devstate.ctl.command.CommandContext;
import org.devstate.ctl.command.ExtraSubcommand;
import org.devstate.ctl.command.Terminal;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.security.PasswordHashes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code devstatectl hash-password} */
@Command(
        name = "hash-password",
        description =
                "Writes the line of a user for the file that devstatectl serve --users names. The password is asked for;"
                        + " without a terminal it is the first line of the standard input. Nothing is sent to the service.",
        footer = {
            "",
            "Examples:",
            "  devstatectl hash-password alice look set >> users",
            "  devstatectl hash-password hall look:berlin,paris < password-file >> users"
        })
public final class HashPassword implements ExtraSubcommand {

    private static final int LEAST = 8;
    private static final int MOST = 1_000;

    @ParentCommand
    private @Nullable CommandContext parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private UserArguments arguments = new UserArguments();

    @Override
    public Integer call() throws Failure {
        if (parent == null || spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        UserArguments.UserLine line = arguments.line();
        String password = password(parent.terminal());
        if (password.length() < LEAST || password.length() > MOST) {
            throw Failure.usage("a password must have " + LEAST + " to " + MOST + " characters");
        }
        spec.commandLine().getOut().println(line.with(PasswordHashes.of(password)));
        return 0;
    }

    private static String password(Terminal terminal) throws Failure {
        if (!terminal.isThere()) {
            return firstLine();
        }
        String password = terminal.askSecret("Password:");
        if (password == null || !password.equals(terminal.askSecret("Again:"))) {
            throw Failure.usage("the two passwords differ");
        }
        return password;
    }

    /** The stream is not closed: it is not ours. */
    private static String firstLine() throws Failure {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw Failure.usage("the standard input cannot be read: " + e.getMessage());
        }
    }
}
