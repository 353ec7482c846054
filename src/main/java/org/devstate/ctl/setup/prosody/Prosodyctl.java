// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.setup.files.SystemCommand;
import org.devstate.ctl.setup.files.SystemCommand.CommandEnd;
import org.devstate.ctl.xmpp.Failure;

/** Prosody's own command. */
final class Prosodyctl {

    private static final String LOADED = "configuration files have been loaded";

    private final String program;
    private final Path main;

    Prosodyctl(String program, Path main) {
        this.program = program;
        this.main = main;
    }

    /** Warnings of its check are none of ours, so that only a configuration that cannot be loaded is an error. */
    void check() throws Failure {
        CommandEnd ended = run("", "check", "config");
        if (!ended.output().contains(LOADED)) {
            throw Failure.rejected("Prosody cannot load its configuration (prosodyctl check config):\n"
                    + ended.output().strip());
        }
    }

    /** Without a password, nothing is made: it stops at that question unless there is such an account. */
    boolean hasAccount(String account) throws Failure {
        String output = run("", "adduser", account).output();
        if (output.contains("already exists")) {
            return true;
        }
        if (output.contains("No password")) {
            return false;
        }
        throw Failure.rejected("prosodyctl cannot look up the account " + account + ":\n" + output.strip());
    }

    void addAccount(String account, String password) throws Failure {
        CommandEnd ended = run(password + "\n" + password + "\n", "adduser", account);
        if (ended.status() != 0) {
            throw Failure.rejected("prosodyctl has not made the account " + account + ":\n"
                    + ended.output().strip());
        }
    }

    private CommandEnd run(String input, String... arguments) throws Failure {
        List<String> command = new ArrayList<>(List.of(program, "--config", main.toString()));
        command.addAll(List.of(arguments));
        try {
            return SystemCommand.run(command, input);
        } catch (Failure e) {
            throw e.status() == Failure.USAGE ? e.with(e.text() + "; name it by --prosodyctl") : e;
        }
    }
}
