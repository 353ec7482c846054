/** What a command is: a function over forms, with its steps. */
@NullMarked
package org.devstate.core.admin.command;

import org.jspecify.annotations.NullMarked;
