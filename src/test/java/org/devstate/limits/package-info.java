/** Limits of time, so that no test can hang. JUnit has a default limit of its own; the limits that it does not reach are here. */
@NullMarked
package org.devstate.limits;

import org.jspecify.annotations.NullMarked;
