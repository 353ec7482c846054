/** Subcommands about the Asterisk servers, their accounts and EIDs. */
@NullMarked
package org.devstate.ctl.servers;

import org.jspecify.annotations.NullMarked;
