/** Who answers for what is known, and what becomes of it when nobody does any more. */
@NullMarked
package org.devstate.core.sessions;

import org.jspecify.annotations.NullMarked;
