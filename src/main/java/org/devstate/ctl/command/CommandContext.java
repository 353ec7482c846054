package org.devstate.ctl.command;

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
}
