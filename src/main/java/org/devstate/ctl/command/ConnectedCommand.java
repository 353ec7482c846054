// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.devstate.core.admin.form.Note;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.ctl.settings.PasswordFile;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Login;
import org.devstate.ctl.xmpp.Service;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The common part of all subcommands that log in: the options of the connection, the password, and what is printed. */
public abstract class ConnectedCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable CommandContext parent;

    @Spec
    private @Nullable CommandSpec spec;

    /** Checks the command line beyond its parser, before anything else is done. */
    protected void check() throws Failure {}

    /** Does the work, over as many connections as it takes. */
    protected abstract void run(ConversationOpener opener) throws Failure;

    @Override
    public final Integer call() throws Failure {
        check();
        ConnectionSettings settings = ConnectionSettings.of(parent().connection());
        Login login = settings.login(password(settings));
        run(new ConversationOpener(parent().opener(), settings, login, parent().commandNames()));
        return CommandLine.ExitCode.OK;
    }

    /** Logs in as another account, at the same XMPP server. */
    protected Service openAs(String account, String password) throws Failure {
        ConnectionSettings settings = ConnectionSettings.of(parent().connection());
        Login login = settings.login(password).as(AccountNames.user(account), AccountNames.domain(account), password);
        return parent().opener().open(login);
    }

    private String password(ConnectionSettings settings) throws Failure {
        Path file = settings.passwordFile();
        if (file != null) {
            if (PasswordFile.isOpenToOthers(file)) {
                warn("others may read the password in " + file + "; chmod 600 " + file);
            }
            return PasswordFile.read(file);
        }
        String password = parent().terminal().askSecret("Password of " + settings.account() + ":");
        if (password == null) {
            throw Failure.usage("there is no terminal to ask for the password of " + settings.account()
                    + ": give it by --password-file");
        }
        return password;
    }

    /** Writes a result as the command line wants it; warnings to standard error. */
    protected void print(Result result) {
        parent().printer().print(result, out());
        warnAll(result);
    }

    /** Writes the warnings of a result to standard error; its other parts are written elsewhere. */
    protected void warnAll(Result result) {
        result.notes(Note.Severity.WARN).forEach(this::warn);
    }

    /** Warns on standard error. */
    protected void warn(String warning) {
        parent().printer().warn(warning, err());
    }

    /** Whether the user confirms, now or already by an option. */
    protected boolean confirmed(boolean byOption, String question) throws Failure {
        if (byOption) {
            return true;
        }
        if (!parent().terminal().isThere()) {
            throw Failure.usage("nothing was changed: there is no terminal to ask for confirmation; use --yes");
        }
        String answer = parent().terminal().ask(question + " [y/N]");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    protected CommandContext parent() {
        if (parent == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return parent;
    }

    protected PrintWriter out() {
        return commandLine().getOut();
    }

    protected PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine();
    }
}
