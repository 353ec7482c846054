/** Decides whether a publish is something every Asterisk survives and understands, and reads it into a value. */
@NullMarked
package org.devstate.core.validation;

import org.jspecify.annotations.NullMarked;
