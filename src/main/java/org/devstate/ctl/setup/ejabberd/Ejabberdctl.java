// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.setup.files.SystemCommand;
import org.devstate.ctl.setup.files.SystemCommand.CommandEnd;
import org.devstate.ctl.setup.files.TemporaryFile;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.xmpp.Failure;

/** ejabberd's own command, which asks the running server. */
final class Ejabberdctl {

    private final String program;
    private final Path main;

    Ejabberdctl(String program, Path main) {
        this.program = program;
        this.main = main;
    }

    /** @throws Failure if the server does not run */
    void checkRunning() throws Failure {
        CommandEnd ended = run("status");
        if (ended.status() != 0) {
            throw failed("ejabberd does not answer, and nothing was changed; start it first", "status", ended);
        }
    }

    /** The server checks its configuration, and takes it if it is valid; otherwise it goes on with the one before. */
    void reload() throws Failure {
        CommandEnd ended = run("reload_config");
        if (ended.status() != 0 || ended.output().contains("Error:")) {
            throw failed("ejabberd rejects the configuration", "reload_config", ended);
        }
    }

    boolean hasAccount(String account) throws Failure {
        int at = account.indexOf('@');
        CommandEnd ended = run("registered_users", account.substring(at + 1));
        if (ended.output().contains("Unknown virtual host")) {
            return false;
        }
        if (ended.status() != 0) {
            throw failed(
                    "ejabberd cannot list its accounts, and nothing was changed; start it first",
                    "registered_users",
                    ended);
        }
        return ended.output().lines().anyMatch(account.substring(0, at)::equals);
    }

    /**
     * Makes an account by a file that only the server can read (XEP-0227): the command {@code register} takes the password as an argument,
     * which every user of the machine can see.
     */
    void addAccount(String account, String password) throws Failure {
        int at = account.indexOf('@');
        String data =
                """
                <?xml version='1.0' encoding='UTF-8'?>
                <server-data xmlns='urn:xmpp:pie:0'><host jid='%s'><user name='%s' password='%s'/></host></server-data>
                """
                        .formatted(
                                escaped(account.substring(at + 1)),
                                escaped(account.substring(0, at)),
                                escaped(password));
        Path folder = main.resolveSibling("");
        try (TemporaryFile file = TemporaryFile.in(folder, data, FileAccess.likeGroupOf(main))) {
            CommandEnd ended = run("import_piefxis", file.path().toString());
            if (ended.status() != 0) {
                throw failed("ejabberd has not made the account " + account, "import_piefxis", ended);
            }
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }

    private static Failure failed(String failure, String command, CommandEnd ended) {
        return Failure.rejected(
                failure + " (ejabberdctl " + command + "):\n" + ended.output().strip());
    }

    private CommandEnd run(String... arguments) throws Failure {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            return SystemCommand.run(command, "");
        } catch (Failure e) {
            throw e.status() == Failure.USAGE ? e.with(e.text() + "; name it by --ejabberdctl") : e;
        }
    }
}
