/** The common parts of all subcommands: the connection, the conversation with the service, and the terminal. */
@NullMarked
package org.devstate.ctl.command;

import org.jspecify.annotations.NullMarked;
