// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.io.PrintWriter;
import org.devstate.ctl.output.Printer;
import org.devstate.ctl.settings.ConnectionOptions;

/** The parts that {@code devstatectl} shares with its subcommands. */
public interface CommandContext {

    /** The options of the connection and its account. */
    ConnectionOptions connection();

    /** Opens the connection. */
    ServiceOpener opener();

    /** The person at the keyboard, if there is one. */
    Terminal terminal();

    /** Prints answers as the command line wants them. */
    Printer printer();

    /** Whether answers are printed as JSON. */
    boolean isJson();

    /** The subcommands, by the names that the service has for them. */
    CommandNames commandNames();

    /**
     * Runs another command line, as if it had been typed.
     *
     * @return its exit status
     */
    int run(PrintWriter out, PrintWriter err, String... arguments);
}
