/** Answers for people, as tables, and for programs, as JSON. */
@NullMarked
package org.devstate.ctl.output;

import org.jspecify.annotations.NullMarked;
