// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.command.CommandContext;
import org.devstate.ctl.setup.files.SystemCommand;
import org.devstate.ctl.setup.files.SystemCommand.CommandEnd;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Has the XMPP server and the component started with their new configuration, and waits until the service answers. */
final class ServiceStart {

    private static final int ATTEMPTS = 30;
    private static final long PAUSE_MS = 1_000;

    private final CommandContext context;
    private final SetupConsole console;
    private final SetupOptions options;
    private final ServerSetup server;
    private final SetupRequest request;
    private final ComponentUnit unit;
    private String lastError = "";

    ServiceStart(
            CommandContext context,
            SetupConsole console,
            SetupOptions options,
            ServerSetup server,
            SetupRequest request,
            ComponentUnit unit) {
        this.context = context;
        this.console = console;
        this.options = options;
        this.server = server;
        this.request = request;
        this.unit = unit;
    }

    /**
     * Starts what has to be started.
     *
     * @param changed whether a file has changed, so that both must be started anew
     * @return whether the service answers; if not, the user has read what is left to do
     */
    boolean isDone(boolean changed) throws Failure {
        if (!changed && answers()) {
            if (isService() && !unit.isEnabled()) {
                run("Have the component start with this machine?", unit.enableCommand());
            }
            return true;
        }
        String ofServer = options.restartServer == null ? server.restartCommand() : options.restartServer;
        boolean serverStarted = !server.isRestartNeeded()
                || run("Restart the XMPP server, which ends all connections for a moment?", ofServer);
        String ofComponent = options.restartComponent == null ? unitCommand() : options.restartComponent;
        boolean componentStarted =
                !server.hasComponent() || run("Start the component, and have it start with this machine?", ofComponent);
        if (serverStarted && componentStarted) {
            if (awaitAnswer()) {
                return true;
            }
            String failed = isService() ? unit.failure() : null;
            throw Failure.rejected("The service does not answer after " + ATTEMPTS + " s: " + lastError.strip()
                    + (failed == null ? "" : "\n" + failed));
        }
        showSteps(serverStarted, componentStarted);
        return console.canAsk() && isDoneByUser();
    }

    private boolean run(String question, @Nullable String command) throws Failure {
        if (command == null) {
            return false;
        }
        if (!console.confirms(question + " (" + command + ")")) {
            return false;
        }
        CommandEnd ended = SystemCommand.run(List.of("sh", "-c", command), "");
        if (ended.status() != 0) {
            throw Failure.rejected("'" + command + "' ended with status " + ended.status() + ":\n"
                    + ended.output().strip());
        }
        console.show("done: " + command);
        return true;
    }

    /** The command that starts the component as a service of this machine; {@code null} if it is no such service. */
    private @Nullable String unitCommand() {
        return isService() ? unit.startCommand() : null;
    }

    /** Whether systemd runs the component with the configuration of this setup. */
    private boolean isService() {
        return server.hasComponent()
                && unit.isInstalled()
                && SystemCommand.hasSystemd()
                && request.componentFolder().equals(SetupOptions.COMPONENT_FOLDER);
    }

    private void showSteps(boolean serverStarted, boolean componentStarted) {
        console.show("");
        if (!lastError.isBlank()) {
            console.show("The service does not answer: " + lastError.strip());
        }
        console.show("Left to do:");
        if (!serverStarted) {
            console.show("  " + server.restartAdvice());
        }
        if (!componentStarted) {
            console.show("  start the component, or restart it: java -jar " + jar() + " --config "
                    + request.componentFile());
            if (!unit.isInstalled()) {
                console.show("  after a reboot, that is missing: install the Debian package " + ComponentUnit.PACKAGE
                        + ", with which it is a service, then run devstatectl setup again");
            }
        }
        if (!console.canAsk()) {
            console.show(
                    "Then run the same devstatectl setup again: it makes the first site and the files of its first Asterisk.");
        }
    }

    private boolean isDoneByUser() {
        while (true) {
            String answer = console.ask("Do that in another terminal, then press Enter; q ends setup here.", "");
            if (answer.equals("q")) {
                console.show(
                        "Run devstatectl setup again later: it makes the first site and the files of its first Asterisk.");
                return false;
            }
            if (awaitAnswer()) {
                return true;
            }
            console.show("The service does not answer yet: " + lastError.strip());
        }
    }

    private boolean awaitAnswer() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (answers()) {
                return true;
            }
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean answers() {
        StringWriter err = new StringWriter();
        int status = context.run(
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                "sites",
                "--config",
                request.connectionFile().toString());
        lastError = err.toString();
        return status == 0;
    }

    /** The jar that this runs from, which is that of the component, too. */
    private static String jar() {
        try {
            Path place = Path.of(ServiceStart.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return place.toString().endsWith(".jar") ? place.toString() : "tigase-devstate-VERSION-component.jar";
        } catch (URISyntaxException e) {
            return "tigase-devstate-VERSION-component.jar";
        }
    }
}
