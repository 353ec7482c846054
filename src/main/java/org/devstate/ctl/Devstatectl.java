package org.devstate.ctl;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.devstate.ctl.output.JsonPrinter;
import org.devstate.ctl.output.Printer;
import org.devstate.ctl.output.TablePrinter;
import org.devstate.ctl.settings.ConnectionOptions;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.SmackService;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** Administers the service from a shell. */
@Command(
        name = "devstatectl",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Devstatectl.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpWidth = 110,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the service has refused it, or could not do it; standard error says why",
            "2:the command line, or a file that it names, is wrong; nobody was asked",
            "3:no connection, no trust in the server's certificate, no login, or no answer"
        })
public final class Devstatectl {

    /** What the top of the help says; apart from the other attributes, as subcommands are not to inherit it. */
    private static final String[] DESCRIPTION = {
        "Administers the sites, servers and rules by which Asterisk servers share device states and message-waiting counts.",
        "",
        "It logs in to the XMPP server with an administrator's account and talks to the service from there. For daily use,"
                + " write where to connect into ~/.config/devstatectl.conf, and do without options:",
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

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = -1,
            description = "Write JSON: a table as an array of objects, anything else as one object.")
    private boolean json;

    private Devstatectl(ServiceOpener opener, Terminal terminal) {
        this.opener = opener;
        this.terminal = terminal;
    }

    /** Runs one command; the exit status says how it ended. */
    public static void main(String[] args) {
        CommandLine line = commandLine(SmackService::open, Terminal.ofProcess());
        line.setOut(writer(FileDescriptor.out));
        line.setErr(writer(FileDescriptor.err));
        int status = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        System.exit(status);
    }

    /** Always UTF-8, as JSON must be: the encoding of a shell without a locale would lose what is not ASCII. */
    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), true);
    }

    static CommandLine commandLine(ServiceOpener opener, Terminal terminal) {
        CommandLine line = new CommandLine(new Devstatectl(opener, terminal));
        Subcommands.addTo(line);
        line.getCommandSpec().usageMessage().description(DESCRIPTION);
        line.setParameterExceptionHandler(Devstatectl::complain);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (!(thrown instanceof Failure failure)) {
                throw thrown;
            }
            command.getOut().flush();
            command.getErr().println(failure.text());
            return failure.status();
        });
        return line;
    }

    private static int complain(ParameterException wrong, String[] args) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(wrong.getMessage());
        line.getErr().println("See " + line.getCommandSpec().qualifiedName() + " --help");
        return Failure.USAGE;
    }

    ConnectionOptions connection() {
        return connection;
    }

    ServiceOpener opener() {
        return opener;
    }

    Terminal terminal() {
        return terminal;
    }

    boolean isJson() {
        return json;
    }

    Printer printer() {
        return json ? new JsonPrinter() : new TablePrinter();
    }

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Devstatectl.class.getPackage().getImplementationVersion();
            return new String[] {"tigase-devstate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
