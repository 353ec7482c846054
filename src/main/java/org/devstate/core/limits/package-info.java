/** How much one account may ask of the service. */
@NullMarked
package org.devstate.core.limits;

import org.jspecify.annotations.NullMarked;
