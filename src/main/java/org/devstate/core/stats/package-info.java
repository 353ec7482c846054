/** Counters and rates of the service. */
@NullMarked
package org.devstate.core.stats;

import org.jspecify.annotations.NullMarked;
