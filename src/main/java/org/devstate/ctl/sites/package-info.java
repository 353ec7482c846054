/** Subcommands about sites and the policy. */
@NullMarked
package org.devstate.ctl.sites;

import org.jspecify.annotations.NullMarked;
