/** The interfaces that a host implements for the core. */
@NullMarked
package org.devstate.core.spi;

import org.jspecify.annotations.NullMarked;
