/** What a host provides to the core. */
@NullMarked
package org.devstate.core.spi;

import org.jspecify.annotations.NullMarked;
