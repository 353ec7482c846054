/** Limits of time, so that no test can hang. JUnit has a default limit of its own; what it does not reach is here. */
@NullMarked
package org.devstate.limits;

import org.jspecify.annotations.NullMarked;
