/** Subcommands about devices and mailboxes: lists, a single one, and {@code watch}. */
@NullMarked
package org.devstate.ctl.entries;

import org.jspecify.annotations.NullMarked;
