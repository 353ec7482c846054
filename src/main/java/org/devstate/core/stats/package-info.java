/** What the service has done, in numbers. */
@NullMarked
package org.devstate.core.stats;

import org.jspecify.annotations.NullMarked;
