// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.devstate.ctl.command.CommandContext;
import org.devstate.ctl.command.CommandNames;
import org.devstate.ctl.command.ServiceOpener;
import org.devstate.ctl.command.Terminal;
import org.devstate.ctl.output.JsonPrinter;
import org.devstate.ctl.output.Printer;
import org.devstate.ctl.output.TablePrinter;
import org.devstate.ctl.settings.ConnectionOptions;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.SmackService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Administers the service from a shell. */
@Command(
        name = "devstatectl",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Devstatectl.ToolVersion.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 110,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the service rejected the request or could not carry it out, or you answered no; see standard error",
            "2:the command line, or a file that it names, is invalid; nothing was sent to the service",
            "3:no connection, no trust in the server's certificate, no login, or no answer"
        })
public final class Devstatectl implements Callable<Integer>, CommandContext {

    /** The description at the top of the help; apart from the other attributes, because subcommands must not inherit it. */
    private static final String[] DESCRIPTION = {
        "Administers the sites, servers and rules by which Asterisk servers share device states and message-waiting counts.",
        "",
        "It logs in to the XMPP server with an administrator's account and talks to the service from there. For daily use,"
                + " put the connection into ~/.config/devstatectl.conf, and omit the options (devstatectl setup writes it):",
        "",
        "    service       = devstate.example.net",
        "    as            = \"admin@example.net\"",
        "    password-file = devstatectl.password",
        "",
        "Then, for example:",
        "",
        "    devstatectl add-site paris",
        "    devstatectl add-server paris pbx1",
        "    devstatectl explain paris berlin device PJSIP/100",
        "    devstatectl watch --site paris",
        ""
    };

    private final ServiceOpener opener;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = -1,
            description =
                    "Write JSON: a table as an array of objects, anything else as one object. Warnings and errors are"
                            + " objects, too, a line each on standard error.")
    private boolean json;

    private Devstatectl(ServiceOpener opener, Terminal terminal) {
        this.opener = opener;
        this.terminal = terminal;
    }

    /** Runs one command and exits with its exit status. */
    public static void main(String[] args) {
        CommandLine line = commandLine(SmackService::open, Terminal.ofProcess());
        line.setOut(writer(FileDescriptor.out));
        line.setErr(writer(FileDescriptor.err));
        int status = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        System.exit(status);
    }

    /** Always UTF-8, as JSON must be: the encoding of a shell without a locale would lose all characters outside of ASCII. */
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }

    /** Returns the command with all its subcommands, to describe it; it cannot run. */
    public static CommandLine model() {
        return commandLine(
                login -> {
                    throw new IllegalStateException("it is only described");
                },
                Terminal.ofProcess());
    }

    static CommandLine commandLine(ServiceOpener opener, Terminal terminal) {
        Devstatectl devstatectl = new Devstatectl(opener, terminal);
        CommandLine line = new CommandLine(devstatectl);
        Subcommands.addTo(line);
        line.getCommandSpec().usageMessage().description(DESCRIPTION);
        line.setParameterExceptionHandler(Devstatectl::complain);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (!(thrown instanceof Failure failure)) {
                throw thrown;
            }
            command.getOut().flush();
            devstatectl.printer().fail(failure, command.getErr());
            return failure.status();
        });
        return line;
    }

    /** Runs if no subcommand is given: shows which ones there are. */
    @Override
    public Integer call() {
        line().usage(line().getErr());
        return Failure.USAGE;
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine();
    }

    private static int complain(ParameterException wrong, String[] args) {
        CommandLine line = wrong.getCommandLine();
        Failure failure = Failure.usage(
                wrong.getMessage() + "\nSee " + line.getCommandSpec().qualifiedName() + " --help");
        printer(List.of(args).contains("--json")).fail(failure, line.getErr());
        return failure.status();
    }

    @Override
    public ConnectionOptions connection() {
        return connection;
    }

    @Override
    public ServiceOpener opener() {
        return opener;
    }

    @Override
    public Terminal terminal() {
        return terminal;
    }

    @Override
    public CommandNames commandNames() {
        return new CommandNames(line().getSubcommands().keySet());
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine(opener, terminal).setOut(out).setErr(err).execute(arguments);
    }

    @Override
    public boolean isJson() {
        return json;
    }

    @Override
    public Printer printer() {
        return printer(json);
    }

    private static Printer printer(boolean json) {
        return json ? new JsonPrinter() : new TablePrinter();
    }

    /** The version that the jar was built as. */
    static final class ToolVersion implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Devstatectl.class.getPackage().getImplementationVersion();
            return new String[] {"tigase-devstate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
