/** Guesses at mistakes in names that have no entries, and in rules that do not match. */
@NullMarked
package org.devstate.core.policy.hints;

import org.jspecify.annotations.NullMarked;
