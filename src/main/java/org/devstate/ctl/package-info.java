/**
 * {@code devstatectl}: the administration of the service from a shell. {@link org.devstate.ctl.Devstatectl} is the entry; each
 * subcommand is one ad-hoc command of the service, filled in from options, whose answer is printed as a table or as JSON. The service
 * alone decides which fields there are, and which values are valid.
 */
@NullMarked
package org.devstate.ctl;

import org.jspecify.annotations.NullMarked;
