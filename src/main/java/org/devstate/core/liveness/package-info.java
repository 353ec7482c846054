/** Who answers for what is known, and what becomes of it when nobody does any more. */
@NullMarked
package org.devstate.core.liveness;

import org.jspecify.annotations.NullMarked;
