/**
 * {@code devstatectl}: the administration of the service from a shell. {@link org.devstate.ctl.Devstatectl} is the entry; each
 * subcommand is one ad-hoc command of the service, filled in from options, whose answer is printed as a table or as JSON. What
 * may be filled in, and with what, the service alone decides.
 */
@NullMarked
package org.devstate.ctl;

import org.jspecify.annotations.NullMarked;
